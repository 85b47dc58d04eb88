var app = WebApplication.Create(args);

app.MapGet("/healthz", () => "ok");

app.MapPost("/quotes", () => Results.Json(new { total = 0, rule = "list" }));

app.Run("http://0.0.0.0:8080");
