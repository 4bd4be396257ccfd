namespace Vae.Torch;

/// <summary>Which examples a model finds alike: those whose codes (posterior means) lie near.</summary>
internal static class LatentNeighbours
{
    /// <summary>The examples whose codes are nearest to that of one of them, nearest first, itself left out.</summary>
    /// <param name="input">A model with a latent, and at least two examples. A conditional model's codes hold what c does not say.</param>
    /// <param name="index">The place of the example that is asked about.</param>
    /// <param name="count">≥ 1; fewer are given where there are fewer.</param>
    public static ValueList<Neighbour> Find(EvaluationInput input, int index, int count)
    {
        var (model, data) = (input.Model, input.Data);
        VaeException.Require(model.Spec.Latent > 0, "model.latent", "must be at least 1 for neighbours in latent space", model.Spec.Latent);
        VaeException.Require(index >= 0 && index < data.Count, "index", $"must be 0 to {data.Count - 1}", index);
        VaeException.Require(count >= 1, "count", "must be at least 1", count);
        VaeException.Require(data.Count > 1, "data", "must have at least two examples to have neighbours", data.Count);
        var codes = new Evaluator(input).Encode().Means;
        var query = NdArray.Slice(codes, 0, index, 1).ToArray();
        // One more than asked for: the example itself is among them, or others at no distance are.
        return ValueList.From(NearestNeighbours.Find(codes, query, count + 1 > 0 ? count + 1 : count).Where(neighbour => neighbour.Index != index).Take(count));
    }
}
