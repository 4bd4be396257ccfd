using System.Globalization;

namespace Vae;

public abstract partial record Likelihood
{
    /// <summary>
    /// Student's t around x̂ for each value, with scale s and ν degrees of freedom. Its tails are those of a power, so outliers cost only
    /// their logarithm; Lange, Little &amp; Taylor 1989. The decoder outputs x̂, and ln s if s is learned for each value.
    /// </summary>
    /// <param name="Scale">s: fixed, learned or shared. The variance is s²·ν/(ν − 2) where ν &gt; 2.</param>
    /// <param name="Freedom">ν, or its initial value if it is learned; &gt; 1, so that there is a mean.</param>
    /// <param name="LearnsFreedom">Whether ν is learned, as one number for all values.</param>
    public sealed partial record StudentT(Scale Scale, double Freedom = 4, bool LearnsFreedom = false) : Likelihood, ILikelihood
    {
        private const string LogExcess = "logFreedom";

        // Bounds of ln(ν − 1): from no variance to what float32 does not distinguish from a normal.
        private const double Low = -6, High = 12;

        string IPart<ILikelihood>.Name => $"Student-t, {(LearnsFreedom ? "learned ν" : $"ν = {Freedom.ToString("0.####",
            CultureInfo.InvariantCulture)}")}, {Scale.Title("s")}";

        Shape ILikelihood.Outputs(Shape input) => OutputBlocks.Times(input, Scale.Outputs);

        bool ILikelihood.IsSeparable => Scale.IsSeparable;

        ValueList<Parameter> ILikelihood.Learned(Shape input) => LearnsFreedom
            ? [.. Scale.Parameters, new(LogExcess, Shape.Vector(1), new(0, Math.Log(Freedom - 1)), true)] : Scale.Parameters;

        ValueList<Problem> ILikelihood.Problems(Shape input, string path) => [
            .. Scale.Problems(path),
            .. Rules.If(Scale is Scale.Optimal, $"{path}.scale", "must be fixed, learned or shared with a Student-t", "optimal"),
            .. Rules.If(!(Freedom > 1 && double.IsFinite(Freedom)), $"{path}.freedom", "must be greater than 1 and finite", Freedom)];

        T ILikelihood.NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x)
        {
            T nu = Nu(state, x), distance = x - Scale.Centre(outputs), logScale = Scale.Log(state, outputs, distance, 1);
            var normalizer = 0.5 * T.Log(nu) + 0.5 * Math.Log(Math.PI) - Gammas.LogRising(0.5 * nu, 0 * nu + 0.5);
            return 0.5 * (nu + 1) * T.Log1p(T.Square(distance * T.Exp(-logScale)) / nu) + logScale + normalizer;
        }

        T ILikelihood.Mean<T>(PartState<T> state, T outputs) => Scale.Centre(outputs);

        ValueList<double> ILikelihood.OutputsFor(Moments moments) => moments.Outputs((mean, variance) =>
            Scale.Outputs == 1 ? [mean] : [mean, MomentOutputs.LogScale(variance, Spread)]);

        NdArray ILikelihood.Draw(PartState<NdArray> state, NdArray outputs, NdArray uniforms) =>
            Scale.Apply(state, outputs, NdArray.Zip(Nu(state, uniforms), uniforms, Quantile), power: 1);

        NdArray ILikelihood.Mode(PartState<NdArray> state, NdArray outputs) => Scale.Centre(outputs);

        // The scale of a unit variance, where there is a variance; else a half, as at ν = 8/3.
        private double Spread => Freedom > 8.0 / 3 ? Math.Sqrt((Freedom - 2) / Freedom) : 0.5;

        private T Nu<T>(PartState<T> state, T like) where T : struct, ITensor<T> =>
            LearnsFreedom ? 1 + T.Exp(Stable.SoftClip(state[LogExcess], Low, High)) : T.Constant(like, [Freedom], 1);

        // The distribution function at t = tan θ, for which the search is bounded.
        private static double Quantile(double nu, double p) => p < 0.5 ? -Quantile(nu, 1 - p) : Math.Tan(Quantiles.Find(
            angle => 1 - 0.5 * IncompleteBetas.Regularized(
                0.5 * nu, 0.5, 1 / (1 + Math.Pow(Math.Tan(angle), 2) / nu), 1 / (1 + nu / Math.Pow(Math.Tan(angle), 2))),
            p, 0, Math.PI / 2));
    }
}

public static partial class Likelihoods
{
    /// <summary>Student's t for each value, with fixed degrees of freedom.</summary>
    /// <param name="scale">s: fixed, learned or shared.</param>
    /// <param name="freedom">ν; &gt; 1.</param>
    public static Likelihood StudentT(Scale scale, double freedom = 4) => new Likelihood.StudentT(scale, freedom);

    /// <summary>Student's t for each value, with learned degrees of freedom.</summary>
    /// <param name="scale">s: fixed, learned or shared.</param>
    /// <param name="initial">ν at first; &gt; 1.</param>
    public static Likelihood StudentTOfLearnedFreedom(Scale scale, double initial = 4) =>
        new Likelihood.StudentT(scale, initial, LearnsFreedom: true);
}
