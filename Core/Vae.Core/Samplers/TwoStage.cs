namespace Vae;

public abstract partial record Sampler
{
    /// <summary>
    /// A second autoencoder of codes, with N(0, I), the same number D of latents and a normal likelihood with one learned σ. It is
    /// conditioned on a label if the model is; Dai &amp; Wipf 2019, section 4.
    /// </summary>
    /// <param name="Encoder">D numbers → its posterior.</param>
    /// <param name="Decoder">D latents → D numbers.</param>
    /// <param name="Training">How it is trained.</param>
    public sealed partial record TwoStage(Network Encoder, Network Decoder, CodeTraining Training) : Sampler
    {
        internal override string Name => "a second autoencoder of codes";

        internal override ValueList<Problem> Problems(VaeSpec model, string path) =>
        [
            .. Training.Problems($"{path}.training"),
            .. Specs.Problems(Samplers.SecondStage(this, model.Latent, model.Condition), path),
        ];

        internal override ValueList<Problem> Problems(VaeSpec model, int codes, string of, string path) =>
            Rules.If(codes < 1, path, "must have at least one code of each class to fit to", codes);
    }
}

public static partial class Samplers
{
    /// <summary>A second autoencoder whose encoder and decoder have two hidden layers each.</summary>
    /// <param name="hidden">Units of each hidden layer; ≥ 1.</param>
    /// <param name="training">How it is trained; Adam if not given.</param>
    public static Sampler TwoStage(int hidden = 256, CodeTraining? training = null) =>
        TwoStage(Hidden(hidden), Hidden(hidden), training);

    /// <summary>A second autoencoder of two networks.</summary>
    /// <param name="encoder">D numbers → its posterior.</param>
    /// <param name="decoder">D latents → D numbers.</param>
    /// <param name="training">How it is trained; Adam if not given.</param>
    public static Sampler TwoStage(Network encoder, Network decoder, CodeTraining? training = null) =>
        new Sampler.TwoStage(encoder, decoder, training ?? CodeTrainings.Adam());

    /// <summary>The second autoencoder, for z of a length.</summary>
    /// <param name="sampler">Its networks.</param>
    /// <param name="latent">D.</param>
    /// <param name="condition">The condition of the model.</param>
    public static VaeSpec SecondStage(Sampler.TwoStage sampler, int latent, Condition condition) => new(
        Shape.Vector(latent), latent, sampler.Encoder, sampler.Decoder,
        Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.Normal(Scales.Shared), condition);

    /// <summary>A code drawn from the second autoencoder: its decoder's output plus noise scaled by its learned σ.</summary>
    /// <param name="outputs">The decoder's outputs, [B, D].</param>
    /// <param name="likelihood">The tensors of its likelihood.</param>
    /// <param name="noise">From N(0, 1), [B, D].</param>
    public static T SecondStageDraw<T>(T outputs, PartState<T> likelihood, T noise) where T : struct, ITensor<T> =>
        outputs + T.Exp(Scales.Shared.Log(likelihood, outputs, outputs, 2)) * noise;

    private static Network Hidden(int width) => new([Layers.Linear(width), Layers.Relu, Layers.Linear(width), Layers.Relu], Heads.Dense);
}
