namespace Vae.Torch;

/// <summary>Finds similar examples: those whose posterior means are near in latent space.</summary>
internal static class LatentNeighbours
{
    /// <summary>The nearest neighbours of one example among the others, nearest first.</summary>
    /// <param name="input">
    /// A model with a latent, and at least two examples. The codes of a conditional model represent what its condition does not.
    /// </param>
    /// <param name="index">Index of the example.</param>
    /// <param name="count">Number of neighbours; ≥ 1. All others are returned if there are fewer.</param>
    /// <exception cref="VaeException">The model has no latent, there are too few examples, or an argument is out of range.</exception>
    public static ValueList<Neighbour> Find(EvaluationInput input, int index, int count)
    {
        var (model, data) = (input.Model, input.Data);
        VaeException.Require(model.Spec.Latent > 0, "model.latent", "must be at least 1 for neighbours in latent space", model.Spec.Latent);
        VaeException.Require(index >= 0 && index < data.Count, "index", $"must be 0 to {data.Count - 1}", index);
        VaeException.Require(count >= 1, "count", "must be at least 1", count);
        VaeException.Require(data.Count > 1, "data", "must have at least two examples to have neighbours", data.Count);
        var codes = new Evaluator(input).Encode().Means;
        var query = NdArray.Slice(codes, 0, index, 1).ToArray();
        // One more than requested, as the example itself is at distance 0.
        var nearest = NearestNeighbours.Find(codes, query, count + 1 > 0 ? count + 1 : count);
        return ValueList.From(nearest.Where(neighbour => neighbour.Index != index).Take(count));
    }
}
