namespace Quillmere.Pricing;

public sealed record Line(string Sku, int Count);

/// <summary>The total of some lines, and the rule that made it.</summary>
public sealed class Quote(IReadOnlyDictionary<string, long> prices)
{
    public (long Total, string Rule) Of(IEnumerable<Line> lines)
    {
        long total = lines.Sum(line => prices.GetValueOrDefault(line.Sku) * line.Count);

        if (total >= 20_000)
        {
            return (total * 95 / 100, "five-percent-above-200");
        }

        return (total, "list");
    }
}
