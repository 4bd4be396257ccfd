namespace Vae.Torch;

/// <summary>A model and the examples that it is evaluated on. The caller owns both.</summary>
/// <param name="Model">The model, trained or not.</param>
/// <param name="Data">Examples of the shape of the model's input, with the labels or values that the model is conditioned on.</param>
/// <param name="Binarization">Binarization of the examples, as in training.</param>
/// <param name="Seed">Seed of every draw, binarization included: the same input gives the same metrics.</param>
public sealed record EvaluationInput(VaeModel Model, Dataset Data, Binarization Binarization, ulong Seed = 0)
{
    /// <summary>
    /// The processes that divide the batches; one by default. All ranks evaluate the same model and examples, and get the same result,
    /// that of one process.
    /// </summary>
    public RankGroup Ranks { get; init; } = Torch.Ranks.Single;

    /// <summary>The examples as the model takes them, on its device; the caller disposes it.</summary>
    internal BatchSource Batches(int batch = BatchSource.EvaluatedAtOnce) =>
        new(Data, Model.Spec.Condition, Binarization, batch, Seed, Model.Device);

    /// <summary>Noise of the seed, on the model's device; the caller disposes it.</summary>
    internal KeyedNoise Noise() => new(Seed, Model.Device);

    /// <summary>Throws unless the examples have the shape of the model's input.</summary>
    internal void RequireShape() => RequireShape(Data, Model.Spec);

    /// <summary>Throws unless examples have the shape of a model's input.</summary>
    internal static void RequireShape(Dataset data, VaeSpec model)
    {
        if (data.Shape != model.Input)
            throw new VaeException($"data: must have the shape {model.Input} of the model's input, got {data.Shape}");
    }
}
