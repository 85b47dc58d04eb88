using Quillmere.Pricing;
using Xunit;

public class QuoteTests
{
    [Fact]
    public void LargeOrdersAreCheaper()
    {
        var quote = new Quote(new Dictionary<string, long> { ["bench"] = 20_000 });
        Assert.Equal(19_000, quote.Of([new Line("bench", 1)]).Total);
    }
}
