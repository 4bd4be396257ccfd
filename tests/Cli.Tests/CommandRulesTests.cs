using Vae.Tests;

namespace Vae.Cli.Tests;

public sealed class CommandRulesTests
{
    [Fact]
    public void NoMethodHasMoreThanSixParameters()
    {
        var found = ParameterCounts.Excessive(typeof(VaeCommand).Assembly);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
