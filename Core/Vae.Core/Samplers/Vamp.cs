namespace Vae;

public abstract partial record Sampler
{
    /// <summary>
    /// The mean of the posteriors q(z|x) of training examples: a VampPrior with given examples, for a model that was trained with any
    /// prior; Tomczak &amp; Welling 2018, eq. 10.
    /// </summary>
    /// <param name="Components">Number of examples, of each class for a model conditioned on a label; ≥ 1.</param>
    public sealed partial record Vamp(int Components) : Sampler
    {
        internal override string Name => $"the posteriors of {Components} training examples";

        internal override ValueList<Problem> Problems(VaeSpec model, string path) => Rules.Size($"{path}.components", Components);

        internal override ValueList<Problem> Problems(VaeSpec model, int codes, string of, string path) =>
            Rules.If(Components > codes, $"{path}.components", $"must be at most the {codes} {of}", Components);

        private protected override ValueList<Problem> Fits(VaeSpec model, IPosterior posterior, string path) => [
            .. Rules.If(!posterior.HasDensity, path,
                "must not be vamp with a point: it would return the codes of training examples", Name),
            .. HasCodes(model, path), .. NoOtherConditionThanLabels(model, path)];
    }
}

public static partial class Samplers
{
    /// <summary>The mean of the posteriors of training examples.</summary>
    /// <param name="components">Number of examples, of each class for a model conditioned on a label; ≥ 1.</param>
    public static Sampler Vamp(int components = 500) => new Sampler.Vamp(components);
}
