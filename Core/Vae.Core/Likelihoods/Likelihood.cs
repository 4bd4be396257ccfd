namespace Vae;

/// <summary>The family of p(x|z).</summary>
[Closed]
public abstract partial record Likelihood
{
    /// <summary>N(x̂, σ²) for each value; the decoder gives x̂, and ln σ where that is learned for each.</summary>
    /// <param name="Scale">σ. Fixed at 1/√2 the negative log-density is ‖x − x̂‖² plus a constant.</param>
    public sealed partial record Normal(Scale Scale) : Likelihood;

    /// <summary>Laplace(x̂, b) for each value, whose mean absolute error is b: outliers cost less than with a normal.</summary>
    /// <param name="Scale">b; 2b² is the variance.</param>
    public sealed partial record Laplace(Scale Scale) : Likelihood;

    /// <summary>Independent Bernoulli values; the decoder gives logits.</summary>
    /// <param name="Grey">Whether values between 0 and 1 are accepted; then it is a cross-entropy, not a log-density.</param>
    public sealed partial record Bernoulli(bool Grey = false) : Likelihood;

    /// <summary>Continuous Bernoulli(λ) for each value between 0 and 1, the density that the cross-entropy lacks; the decoder gives logits of λ. Loaiza-Ganem &amp; Cunningham 2019.</summary>
    public sealed partial record ContinuousBernoulli : Likelihood;

    /// <summary>Beta(α, β) for each value; the decoder gives ln α and ln β. A density of values between 0 and 1.</summary>
    /// <param name="Margin">How far x is drawn in from 0 and 1, where the density may have poles: it is one of y = margin + (1 − 2·margin)·x (Smithson &amp; Verkuilen 2006); in (0, ½).</param>
    public sealed partial record Beta(double Margin = 1.0 / 512) : Likelihood;

    /// <summary>One of n levels k/(n − 1) for each value; the decoder gives n logits.</summary>
    /// <param name="Levels">n; ≥ 2. Bytes have 256.</param>
    public sealed partial record Categorical(int Levels = 256) : Likelihood;

    /// <summary>One of n levels k/(n − 1) for each value: the mass of a mixture of logistics between the middles of levels, the outermost to infinity; Salimans et al. 2017, eq. 2. Values are independent given z: the regression of one colour on another is left out.</summary>
    /// <param name="Components">Of the mixture; ≥ 1. Each has a mean and ln of its scale, and a logit where there are several.</param>
    /// <param name="Levels">n; ≥ 2. Bytes have 256.</param>
    public sealed partial record DiscretizedLogistic(int Components = 1, int Levels = 256) : Likelihood;

    /// <summary>Poisson(rate) for each count 0, 1, 2, …; the decoder gives ln rate.</summary>
    /// <param name="Library">Whether rates are the example's own total times a softmax over its values, as in Lopez et al. 2018; then it is a mass given the total, and none of x.</param>
    public sealed partial record Poisson(bool Library = false) : Likelihood;

    /// <summary>Counts of mean μ and variance μ + μ²/r; the decoder gives ln μ, and ln r is a learned number for each place of an example; Lopez et al. 2018.</summary>
    /// <param name="ZeroInflated">Whether a count is 0 with a further probability, of which the decoder gives the logit.</param>
    /// <param name="Library">Whether means are the example's own total times a softmax over its values; then it is a mass given the total, and none of x.</param>
    public sealed partial record NegativeBinomial(bool ZeroInflated = false, bool Library = false) : Likelihood;

    /// <summary>The columns of a table, each with a family of its own; x is a vector. After Nazábal et al. 2020.</summary>
    /// <param name="Items">One for each value of x.</param>
    public sealed partial record Columns(ValueList<Column> Items) : Likelihood;

    /// <summary>Another family, of the values that are known: −ln p of those alone (Nazábal et al. 2020, eq. 4). x has a mask of as many channels after its own, 1 where a value is known, and 0 in place of those that are not.</summary>
    /// <param name="Inner">Of the values.</param>
    public sealed partial record Masked(Likelihood Inner) : Likelihood;

    /// <summary>A family of your own.</summary>
    /// <param name="Definition">What it means; a file keeps its name and its settings.</param>
    public sealed partial record Custom(ILikelihood Definition) : Likelihood;
}
