using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>Random likelihoods without problems.</summary>
public static partial class Generators
{
    /// <summary>Scales of a density.</summary>
    public static Gen<Scale> ScaleChoice { get; } = Gen.OneOf(
        Number(0.1, 2).Select(Scales.Fixed), Gen.Elements(Scales.Learned, Scales.Shared, Scales.Optimal));

    /// <summary>Columns of a table.</summary>
    public static Gen<Column> ColumnChoice { get; } = Gen.OneOf(
        from mean in Number(-9, 9) from deviation in Number(0.1, 9) select Columns.Continuous(mean, deviation),
        Gen.Elements(Columns.Binary, Columns.Count), Gen.Choose(2, 4).Select(Columns.Categorical),
        Gen.Choose(2, 4).Select(Columns.Ordinal),
        from mean in Number(0.1, 9) from deviation in Number(0.1, 9) select Columns.Positive(mean, deviation));

    private static Gen<bool> Either { get; } = Gen.Elements(true, false);

    /// <summary>Families of independent values.</summary>
    public static Gen<Likelihood> ValueFamily { get; } = Gen.OneOf(
        from scale in ScaleChoice.Where(scale => scale is not Scale.Optimal)
        from freedom in Number(1.1, 30)
        from learned in Either
        select learned ? Likelihoods.StudentTOfLearnedFreedom(scale, freedom) : Likelihoods.StudentT(scale, freedom),
        ScaleChoice.Select(Likelihoods.Normal), ScaleChoice.Select(Likelihoods.Laplace),
        Number(0.001, 0.4).Select(Likelihoods.Beta), Gen.Constant(Likelihoods.ContinuousBernoulli),
        ScaleChoice.Select(Likelihoods.LogNormal), Gen.Constant(Likelihoods.Gamma), Gen.Choose(2, 4).Select(Likelihoods.Ordinal),
        Gen.Choose(1, 20).Select(Likelihoods.BetaBinomial),
        Gen.Choose(2, 4).Select(Likelihoods.Categorical),
        from components in Gen.Choose(1, 2) from levels in Gen.Choose(2, 9) select Likelihoods.DiscretizedLogistic(components, levels),
        Either.Select(Likelihoods.Poisson), Either.Select(Likelihoods.NegativeBinomial),
        Either.Select(Likelihoods.ZeroInflatedNegativeBinomial));

    /// <summary>Any family that fits an input and needs at most about three decoder outputs a value.</summary>
    /// <param name="input">The shape of an example.</param>
    /// <param name="partly">Whether the condition shows part of an example, which needs a family of independent values.</param>
    public static Gen<Likelihood> RicherLikelihood(Shape input, bool partly) => Fitting(input, partly).Where(
        // A condition that shows the input makes the decoder's product as wide as both.
        likelihood => likelihood.Formulas().Outputs(input).Size <= Math.Max(input.Size, 200));

    private static Gen<Likelihood> Fitting(Shape input, bool partly) => Gen.OneOf([
        (partly ? Separable : ValueFamily).Where(likelihood => likelihood.Formulas().Problems(input, "").Count == 0),
        .. input.IsVector ? [ColumnsOf(input.Channels)] : Array.Empty<Gen<Likelihood>>(),
        .. input.Channels % 2 == 0 && !partly ? [Separable.Select(Likelihoods.Masked)] : Array.Empty<Gen<Likelihood>>()]);

    private static Gen<Likelihood> Separable { get; } = ValueFamily.Where(likelihood => likelihood.Formulas().IsSeparable);

    private static Gen<Likelihood> ColumnsOf(int count) =>
        from columns in ColumnChoice.ListOf(count) select Likelihoods.OfColumns(ValueList.From(columns));
}
