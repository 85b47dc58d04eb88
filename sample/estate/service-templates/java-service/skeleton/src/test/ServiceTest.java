import com.sun.net.httpserver.HttpServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

public class ServiceTest {
  public static void main(String[] args) throws Exception {
    HttpServer server = Service.serverAt("127.0.0.1", 0);
    server.start();
    URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    HttpClient client = HttpClient.newHttpClient();
    expect(client.send(HttpRequest.newBuilder(base).build(), BodyHandlers.ofString()).body(), Service.GREETING);
    HttpRequest health = HttpRequest.newBuilder(base.resolve("/healthz")).build();
    expect(client.send(health, BodyHandlers.ofString()).statusCode(), 200);
    System.out.println("2 checks passed");
    System.exit(0);
  }

  static void expect(Object found, Object wanted) {
    if (!wanted.equals(found)) throw new AssertionError("expected " + wanted + ", found " + found);
  }
}
