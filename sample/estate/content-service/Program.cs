var app = WebApplication.CreateBuilder(args).Build();
var texts = new TextStore(Environment.GetEnvironmentVariable("TEXTS_DIR") ?? "texts");

app.MapGet("/healthz", () => "ok");

app.MapGet("/texts/{key}", (string key, string? locale) =>
{
    var text = texts.Find(key, locale ?? "en");
    return text is null ? Results.NotFound() : Results.Text(text);
});

app.Run("http://0.0.0.0:5000");
