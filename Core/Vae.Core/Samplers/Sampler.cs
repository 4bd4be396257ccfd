namespace Vae;

/// <summary>A distribution of codes that is fitted to those of a trained model, and drawn from in place of its prior; the evaluation of Ghosh et al. 2020, section 5.</summary>
[Closed]
public abstract partial record Sampler
{
    /// <summary>The model's own prior, to which nothing is fitted.</summary>
    public sealed partial record Prior : Sampler;

    /// <summary>Σ πₖ N(μₖ, Σₖ) with full covariances, by expectation–maximization; of a model that is told a label one for each class.</summary>
    /// <param name="Components">K; ≥ 1, and few enough for D + 1 codes each.</param>
    public sealed partial record Mixture(int Components) : Sampler;

    /// <summary>A second autoencoder of codes, N(0, I) to D latents as the first has, a normal likelihood with one learned σ; told a label where the model is; Dai &amp; Wipf 2019, section 4.</summary>
    /// <param name="Encoder">D numbers → its posterior.</param>
    /// <param name="Decoder">D latents → D numbers.</param>
    /// <param name="Training">How it is trained.</param>
    public sealed partial record TwoStage(Network Encoder, Network Decoder, CodeTraining Training) : Sampler;

    /// <summary>N(0, I) through flows, by the likelihood of codes; of models without a condition; Papamakarios et al. 2017, Dinh et al. 2017.</summary>
    /// <param name="Steps">At least one; those whose density takes one pass.</param>
    /// <param name="Training">How they are trained.</param>
    public sealed partial record Transformed(ValueList<Flow> Steps, CodeTraining Training) : Sampler;

    /// <summary>The mean of the posteriors q(z|x) of examples of the training data, as they are: what a VampPrior is to a model that was trained with any prior; Tomczak &amp; Welling 2018, eq. 10.</summary>
    /// <param name="Components">Examples, of a model that is told a label so many of each class; ≥ 1.</param>
    public sealed partial record Vamp(int Components) : Sampler;
}
