using System.Reflection;

namespace Vae.DiffSharp.Tests;

public class FormulasTests
{
    public static TheoryData<string> All => [.. Formulas.Arguments.Keys];

    [Fact]
    public void EveryFormulaOfTheCoreIsListed()
    {
        var formulas =
            from type in typeof(NdArray).Assembly.GetExportedTypes()
            from method in type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)
            where method.IsGenericMethod && method.GetGenericArguments()[0].GetGenericParameterConstraints()
                .Any(constraint => constraint.IsGenericType && constraint.GetGenericTypeDefinition() == typeof(ITensor<>))
            select $"{type.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => parameter.Name))})";
        Assert.Equal(formulas.Order(), Formulas.Arguments.Keys.Select(key => key[..(key.IndexOf(')') + 1)]).Distinct().Order());
    }

    [Theory, MemberData(nameof(All))]
    public void ValuesAreThoseOfArrays(string formula)
    {
        var at = Arguments(formula);
        var expected = Formulas.Value(formula, at);
        var actual = Formulas.Value(formula, Array.ConvertAll(at, Derivatives.Carry));
        Assert.Equal(expected.Dims, actual.Dims);
        Near.Equal(expected.ToArray(), actual.ToArray(), 1e-12);
    }

    [Theory, MemberData(nameof(All))]
    public void GradientsAreThoseOfDualNumbers(string formula)
    {
        var at = Arguments(formula);
        var weights = Draws.Reals(Formulas.Value(formula, at).Dims)(new Random(2));
        var expected = Derivatives.Forward(x => Formulas.Value(formula, x), at, weights);
        var actual = Derivatives.Reverse(x => Formulas.Value(formula, x), at, weights);
        for (var argument = 0; argument < at.Length; argument++)
            Near.Equal(expected[argument], actual[argument], 1e-10);
    }

    private static NdArray[] Arguments(string formula)
    {
        var random = new Random(1);
        return Array.ConvertAll(Formulas.Arguments[formula], draw => draw(random));
    }
}
