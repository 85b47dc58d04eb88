using Quillmere.Warehouse.Picking;
using Xunit;

public class RoundTests
{
    [Fact]
    public void TheSecondAisleIsWalkedDown()
    {
        var plan = Round.Plan([new(1, 1), new(2, 1), new(2, 9)]);
        Assert.Equal(9, plan[1].Bay);
    }
}
