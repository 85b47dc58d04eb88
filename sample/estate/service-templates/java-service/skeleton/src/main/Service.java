import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** Starts the service: `java src/main/Service.java`. */
public class Service {
  static final String GREETING = "{\"message\":\"Hello from ${{ values.name }}\"}";

  static HttpServer serverAt(String host, int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(host, port), 0);
    server.createContext("/", exchange -> {
      boolean well = exchange.getRequestURI().getPath().equals("/healthz");
      byte[] body = (well ? "{\"status\":\"ok\"}" : GREETING).getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    return server;
  }

  public static void main(String[] args) throws IOException {
    String host = System.getenv().getOrDefault("HOST", "0.0.0.0");
    int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));
    serverAt(host, port).start();
    System.out.println("listening on " + port);
  }
}
