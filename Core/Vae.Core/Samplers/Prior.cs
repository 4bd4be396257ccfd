namespace Vae;

public abstract partial record Sampler
{
    /// <summary>The model's own prior; nothing is fitted.</summary>
    public sealed partial record Prior : Sampler
    {
        internal override string Name => "the prior";

        private protected override ValueList<Problem> Fits(VaeSpec model, IPosterior posterior, string path) => Rules.If(
            !posterior.HasDensity, path,
            "must be fitted to codes (mixture, two-stage or flow) with a point: an autoencoder learns no distribution of codes", Name);
    }
}

public static partial class Samplers
{
    /// <summary>The model's own prior.</summary>
    public static Sampler Prior { get; } = new Sampler.Prior();
}
