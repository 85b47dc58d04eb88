var app = WebApplication.Create(args);

app.MapGet("/invoices/{number}.pdf", (string number) =>
    number.All(char.IsDigit) ? Results.File(Pdf.Render(number), "application/pdf") : Results.BadRequest());

app.Run();

static class Pdf
{
    public static byte[] Render(string number) =>
        System.Text.Encoding.ASCII.GetBytes($"%PDF-1.4\n% invoice {number}\n");
}
