namespace Quillmere.Warehouse.Picking;

public sealed record Place(int Aisle, int Bay);

/// <summary>A walk through the aisles: up one, down the next, never back.</summary>
public sealed class Round
{
    public static IReadOnlyList<Place> Plan(IEnumerable<Place> places)
    {
        var byAisle = places.GroupBy(p => p.Aisle).OrderBy(g => g.Key);
        var plan = new List<Place>();
        bool up = true;

        foreach (var aisle in byAisle)
        {
            plan.AddRange(up ? aisle.OrderBy(p => p.Bay) : aisle.OrderByDescending(p => p.Bay));
            up = !up;
        }

        return plan;
    }
}
