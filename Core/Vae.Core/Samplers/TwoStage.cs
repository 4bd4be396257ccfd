namespace Vae;

public abstract partial record Sampler
{
    /// <summary>
    /// A second VAE, of the codes, with the prior N(0, I), the same number D of latents and a normal likelihood with one learned σ.
    /// It is conditioned on a label if the model is; Dai &amp; Wipf 2019, section 4.
    /// </summary>
    /// <param name="Encoder">A code, [D] → parameters of the posterior.</param>
    /// <param name="Decoder">A latent, [D] → a code, [D].</param>
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
    /// <summary>A second VAE whose encoder and decoder have two hidden layers each.</summary>
    /// <param name="hidden">Units of each hidden layer; ≥ 1.</param>
    /// <param name="training">How it is trained; by Adam if not given.</param>
    public static Sampler TwoStage(int hidden = 256, CodeTraining? training = null) =>
        TwoStage(Hidden(hidden), Hidden(hidden), training);

    /// <summary>A second VAE with the given networks.</summary>
    /// <param name="encoder">A code, [D] → parameters of the posterior.</param>
    /// <param name="decoder">A latent, [D] → a code, [D].</param>
    /// <param name="training">How it is trained; by Adam if not given.</param>
    public static Sampler TwoStage(Network encoder, Network decoder, CodeTraining? training = null) =>
        new Sampler.TwoStage(encoder, decoder, training ?? CodeTrainings.Adam());

    /// <summary>The model of the second stage.</summary>
    /// <param name="sampler">Its networks.</param>
    /// <param name="latent">The length D of the first model's z; ≥ 1.</param>
    /// <param name="condition">The condition of the first model.</param>
    public static VaeSpec SecondStage(Sampler.TwoStage sampler, int latent, Condition condition) => new(
        Shape.Vector(latent), latent, sampler.Encoder, sampler.Decoder,
        Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.Normal(Scales.Shared), condition);

    /// <summary>Codes drawn from the second stage: its decoder's outputs plus noise scaled by its learned σ. [B, D].</summary>
    /// <param name="outputs">The decoder's outputs, [B, D].</param>
    /// <param name="likelihood">The learned tensors of its likelihood.</param>
    /// <param name="noise">Draws from N(0, 1), [B, D].</param>
    public static T SecondStageDraw<T>(T outputs, PartState<T> likelihood, T noise) where T : struct, ITensor<T> =>
        outputs + T.Exp(Scales.Shared.Log(likelihood, outputs, outputs, 2)) * noise;

    private static Network Hidden(int width) => new([Layers.Linear(width), Layers.Relu, Layers.Linear(width), Layers.Relu], Heads.Dense);
}
