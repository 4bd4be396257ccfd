using System.Globalization;

namespace Vae.Torch;

/// <summary>Pictures of what studies of a trained model find: anomalies, attributes, neighbours, imputations.</summary>
public static class StudyPictures
{
    /// <summary>The most anomalous examples over their reconstructions, and below them the most ordinary, of images of 1 or 3 channels.</summary>
    /// <param name="model">Whose scores they are.</param>
    /// <param name="data">What was scored.</param>
    /// <param name="binarization">As in training.</param>
    /// <param name="scores">One for each example.</param>
    /// <param name="count">Columns; at least 1, at most as many as there are examples.</param>
    public static Picture Anomalies(VaeModel model, Dataset data, Binarization binarization, ValueList<AnomalyScore> scores, int count = 12)
    {
        VaeException.Require(scores.Count == data.Count, "scores", $"must be one for each of {data.Count} examples", scores.Count);
        VaeException.Require(count >= 1, "count", "must be at least 1", count);
        var ranked = scores.OrderByDescending(score => score.Best).Select(score => score.Index).ToArray();
        count = Math.Min(count, ranked.Length);
        int[] shown = [.. ranked[..count], .. ranked[^count..].Reverse()];
        var (originals, reconstructions) = Decodings.Reconstructed(model, data.Take(shown), binarization);
        var row = count * data.ItemSize;
        return Pictures.Grid(
            [.. originals[..row], .. reconstructions[..row], .. originals[row..], .. reconstructions[row..]], data.Shape, count,
            rowNames: ["most anomalous", "reconstruction", "most ordinary", "reconstruction"]);
    }

    /// <summary>A row for each example: itself, and what is decoded as the direction is added at each strength.</summary>
    public static Picture Attributes(VaeModel model, Dataset data, Binarization binarization, ValueList<double> direction, ValueList<double> strengths)
    {
        var moved = LatentAttributes.Moved(new(model, data, binarization), direction, strengths);
        var originals = Decodings.Reconstructed(model, data, binarization).Originals;
        int size = data.ItemSize, row = strengths.Count * size;
        float[] cells = [.. Enumerable.Range(0, data.Count).SelectMany(i => originals[(i * size)..((i + 1) * size)].Concat(moved[(i * row)..((i + 1) * row)]))];
        return Pictures.Grid(cells, data.Shape, strengths.Count + 1,
            columnNames: ["example", .. strengths.Select(strength => strength.ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture))]);
    }

    /// <summary>An example and its neighbours, their distances above them, over what is decoded from their codes.</summary>
    internal static Picture Neighbours(VaeModel model, Dataset data, Binarization binarization, int index, ValueList<Neighbour> neighbours)
    {
        var (originals, reconstructions) = Decodings.Reconstructed(model, data.Take([index, .. neighbours.Select(neighbour => neighbour.Index)]), binarization);
        return Pictures.Grid([.. originals, .. reconstructions], data.Shape, neighbours.Count + 1,
            rowNames: ["example", "reconstruction"],
            columnNames: ["query", .. neighbours.Select(neighbour => neighbour.Distance.ToString("0.00", CultureInfo.InvariantCulture))]);
    }

    /// <summary>Originals, what is observed of them (the rest mid-grey), and what was imputed: a column for each of the first examples, of images of 1 or 3 channels.</summary>
    public static Picture Imputations(Imputation imputation, Shape shape, int count = 10)
    {
        VaeException.Require(count >= 1, "count", "must be at least 1", count);
        count = Math.Min(count, imputation.Originals.Dims[0]);
        float[] Row(NdArray values) => Array.ConvertAll(values.ToArray()[..(count * (int)shape.Size)], value => (float)value);
        float[] originals = Row(imputation.Originals), seen = Row(imputation.Observed);
        return Pictures.Grid(
            [.. originals, .. originals.Zip(seen, (value, mask) => mask > 0 ? value : 0.5f), .. Row(imputation.Imputed)], shape, count,
            rowNames: ["original", "observed", "imputed"]);
    }
}
