plugins {
  java
  id("org.springframework.boot") version "3.4.6"
}

group = "example.quillmere"
version = "4.7.2"

dependencies {
  implementation("example.quillmere:events-schema:3.7.0")
  implementation("org.springframework.boot:spring-boot-starter-web")
}
