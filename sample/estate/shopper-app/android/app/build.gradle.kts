plugins { id("com.android.application") }

android {
  namespace = "example.quillmere.shopper"
  defaultConfig { versionCode = 830; versionName = "8.3.2"; minSdk = 28 }
}
