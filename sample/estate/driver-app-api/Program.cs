var routes = Environment.GetEnvironmentVariable("ROUTE_PLANNER_URL") ?? "http://route-planner:8080";
var sessions = Environment.GetEnvironmentVariable("SESSION_GATEWAY_URL") ?? "http://session-gateway:8443";

var app = WebApplication.Create(args);

app.MapGet("/stops", async (HttpClient http) => Results.Text(await http.GetStringAsync($"{routes}/rounds/today")));

app.MapPost("/stops/{id}/signature", (string id, byte[] image) =>
    image.Length > 200_000 ? Results.StatusCode(413) : Results.Accepted());

app.Run("http://0.0.0.0:8080");
