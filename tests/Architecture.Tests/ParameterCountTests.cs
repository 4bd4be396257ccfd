using System.Reflection;

namespace Vae.Tests;

public class ParameterCountTests
{
    [Theory]
    [InlineData(typeof(VaeSpec))]
    [InlineData(typeof(Torch.VaeException))]
    [InlineData(typeof(FSharp.Num<>))]
    [InlineData(typeof(Testing.Generators))]
    public void NoMethodHasMoreThanSixParameters(Type member)
    {
        var found = ParameterCounts.Excessive(member.Assembly);
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    [Fact]
    public void AMethodWithSevenParametersIsFoundAndARecordIsNot()
    {
        var found = ParameterCounts.Excessive(Assembly.GetExecutingAssembly());
        Assert.Equal([$"{typeof(ParameterCountTests).FullName}.{nameof(Seven)}: 7 parameters"], found);
        Assert.Equal(28, Seven(1, 2, 3, 4, 5, 6, 7) + new Sample(1, 2, 3, 4, 5, 6, 7).A - 1);
    }

    private static int Seven(int a, int b, int c, int d, int e, int f, int g) => a + b + c + d + e + f + g;

    private sealed record Sample(int A, int B, int C, int D, int E, int F, int G);
}
