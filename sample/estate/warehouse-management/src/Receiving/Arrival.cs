namespace Quillmere.Warehouse.Receiving;

/// <summary>What a lorry brought, against what was ordered.</summary>
public sealed record Arrival(string Sku, int Ordered, int Counted)
{
    public int Missing => Math.Max(0, Ordered - Counted);

    public bool NeedsASecondCount => Ordered != Counted;
}
