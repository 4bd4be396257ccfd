namespace Vae;

/// <summary>How the parts of a model are connected: what each network takes and gives, its head made into layers.</summary>
public static class Wiring
{
    /// <summary>Whether the encoder is fed a vector: the input is one, or the first layer flattens it.</summary>
    public static bool IsFedVector(VaeSpec spec) => spec.Input.IsVector || spec.Encoder.Layers is [Layer.Flatten, ..];

    /// <summary>What the encoder takes: x as a vector with c appended, or x as an image with c laid over it, a channel for each of its values.</summary>
    public static Shape EncoderInput(VaeSpec spec) => IsFedVector(spec)
        ? Shape.Vector(Bounded(spec.Input.Size + Conditions.Width(spec.Condition)))
        : spec.Input.WithChannels(Bounded((long)spec.Input.Channels + Conditions.Width(spec.Condition)));

    /// <summary>What the encoder gives: the parameters of the posterior, a vector.</summary>
    public static Shape EncoderOutput(VaeSpec spec) => Shape.Vector(Bounded((long)Posteriors.ParametersPerLatent(spec.Posterior) * spec.Latent));

    /// <summary>What the decoder takes: z, with c appended.</summary>
    public static Shape DecoderInput(VaeSpec spec) => Shape.Vector(Bounded((long)spec.Latent + Conditions.Width(spec.Condition)));

    /// <summary>What the decoder gives: the parameters of the likelihood, stacked along the first axis of the input's shape.</summary>
    public static Shape DecoderOutput(VaeSpec spec) =>
        spec.Input.WithChannels(Bounded((long)spec.Input.Channels * Likelihoods.ParametersPerValue(spec.Likelihood)));

    /// <summary>The encoder's layers with those of its head; of a spec without problems.</summary>
    public static ValueList<Layer> EncoderLayers(VaeSpec spec) => Complete(spec.Encoder, EncoderInput(spec), EncoderOutput(spec));

    /// <summary>The decoder's layers with those of its head; of a spec without problems.</summary>
    public static ValueList<Layer> DecoderLayers(VaeSpec spec) => Complete(spec.Decoder, DecoderInput(spec), DecoderOutput(spec));

    private static ValueList<Layer> Complete(Network network, Shape input, Shape output) =>
        Shapes.Of(network.Layers, input).Match(
            body => network.Layers.Append(Heads.Layers(network.Head, body, output)),
            _ => network.Layers);

    // Validation refuses the greatest int as a size, so a sum beyond it is a problem and no overflow.
    private static int Bounded(long size) => (int)Math.Min(size, int.MaxValue);
}
