namespace Vae;

internal static class LikelihoodGrammar
{
    public static TextGrammar Grammar { get; } = new("likelihood", [
        new("cross-entropy", "The Bernoulli formula with soft targets in [0, 1]; not a density."),
        new("bernoulli", "Independent Bernoulli values, 0 and 1 only."),
        new("squared-error", "A normal of variance ½: the squared error plus a constant."),
        new("normal[:SCALE]", "Independent normals; σ = 1 by default."),
        new("laplace[:SCALE]", "Independent Laplace values; scale 1 by default."),
        new("continuous-bernoulli", "The normalized density of the Bernoulli formula on [0, 1]."),
        new("beta", "Independent beta densities on [0, 1]."),
        new("categorical[:LEVELS]", "One of LEVELS grey levels for each value; 256 by default."),
        new("discretized-logistic[:COMPONENTS[:LEVELS]]",
            "A mixture of logistics over grey levels; 1 component and 256 levels by default."),
        new("poisson[:library]", "Counts; with library, rates are shares of each example's total."),
        new("negative-binomial[:library]", "Overdispersed counts."),
        new("zero-inflated[:library]", "Overdispersed counts with excess zeros."),
        new("columns:COLUMNS", "A table of mixed columns."),
        new("masked:LIKELIHOOD", "Any of the others on the observed values of data with missing values."),
    ], "SCALE is a number, learned, shared or optimal and COLUMNS is a list KIND,KIND*TIMES,… of "
        + "continuous, binary, count or categorical-CLASSES");

    public static Likelihood? Read(string[] words) => words switch
    {
        ["cross-entropy"] => Likelihoods.CrossEntropy,
        ["bernoulli"] => Likelihoods.Bernoulli,
        ["squared-error"] => Likelihoods.SquaredError,
        ["normal"] => Likelihoods.Normal(),
        ["normal", var scale] => Scale(scale) is { } sigma ? Likelihoods.Normal(sigma) : null,
        ["laplace"] => Likelihoods.Laplace(Scales.Fixed()),
        ["laplace", var scale] => Scale(scale) is { } b ? Likelihoods.Laplace(b) : null,
        ["continuous-bernoulli"] => Likelihoods.ContinuousBernoulli,
        ["beta"] => Likelihoods.Beta(),
        ["categorical"] => Likelihoods.Categorical(),
        ["categorical", { Whole: { } levels }] => Likelihoods.Categorical(levels),
        ["discretized-logistic"] => Likelihoods.DiscretizedLogistic(),
        ["discretized-logistic", { Whole: { } components }] => Likelihoods.DiscretizedLogistic(components),
        ["discretized-logistic", { Whole: { } components }, { Whole: { } levels }] => Likelihoods.DiscretizedLogistic(components, levels),
        ["poisson", .. [] or ["library"]] => Likelihoods.Poisson(words.Length > 1),
        ["negative-binomial", .. [] or ["library"]] => Likelihoods.NegativeBinomial(words.Length > 1),
        ["zero-inflated", .. [] or ["library"]] => Likelihoods.ZeroInflatedNegativeBinomial(words.Length > 1),
        ["columns", var list] => ColumnGrammar.Read(list) is { } columns ? Likelihoods.OfColumns(columns) : null,
        // At most one mask, so that a long text does not nest deeply.
        ["masked", not "masked", ..] => Read(words[1..]) is { } inner ? Likelihoods.Masked(inner) : null,
        _ => null,
    };

    private static Scale? Scale(string text) => text switch
    {
        "learned" => Scales.Learned,
        "shared" => Scales.Shared,
        "optimal" => Scales.Optimal,
        { Number: { } sigma } => Scales.Fixed(sigma),
        _ => null,
    };
}
