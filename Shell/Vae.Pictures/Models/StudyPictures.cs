using System.Globalization;

namespace Vae.Torch;

/// <summary>Pictures of the results of studies: anomalies, attributes, neighbours and imputations.</summary>
internal static class StudyPictures
{
    /// <summary>Draws the most anomalous examples with their reconstructions, and below them the most ordinary ones.</summary>
    /// <param name="model">The model that scored the examples.</param>
    /// <param name="data">The scored examples; images of 1 or 3 channels.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="scores">One score per example.</param>
    /// <param name="count">Number of examples of each kind; ≥ 1, limited to the number of examples.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The scores do not fit the data, or the examples cannot be drawn.</exception>
    public static Picture Anomalies(VaeModel model, Dataset data, Binarization binarization, ValueList<AnomalyScore> scores, int count = 12)
    {
        VaeException.Require(scores.Count == data.Count, "scores", $"must be one for each of the {data.Count} examples", scores.Count);
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

    /// <summary>Draws one row per example: the example, and decodings of its code moved along a direction by each strength.</summary>
    /// <param name="model">A model of images with a latent of D dimensions.</param>
    /// <param name="data">The examples.</param>
    /// <param name="binarization">The binarization used in training.</param>
    /// <param name="direction">D values.</param>
    /// <param name="strengths">Multiples of the direction; at least one, finite.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The direction or the strengths are out of range, or the examples cannot be drawn.</exception>
    public static Picture Attributes(
        VaeModel model, Dataset data, Binarization binarization, ValueList<double> direction, ValueList<double> strengths)
    {
        var moved = LatentAttributes.Moved(new(model, data, binarization), direction, strengths);
        var originals = Decodings.Reconstructed(model, data, binarization).Originals;
        int size = data.ItemSize, row = strengths.Count * size;
        float[] cells = [.. Enumerable.Range(0, data.Count)
            .SelectMany(i => originals[(i * size)..((i + 1) * size)].Concat(moved[(i * row)..((i + 1) * row)]))];
        return Pictures.Grid(cells, data.Shape, strengths.Count + 1,
            columnNames: ["example", .. strengths.Select(strength => strength.ToString("+0.##;−0.##;0", CultureInfo.InvariantCulture))]);
    }

    /// <summary>Draws an example and its neighbours, titled by their distances, above their reconstructions.</summary>
    internal static Picture Neighbours(VaeModel model, Dataset data, Binarization binarization, int index, ValueList<Neighbour> neighbours)
    {
        var shown = data.Take([index, .. neighbours.Select(neighbour => neighbour.Index)]);
        var (originals, reconstructions) = Decodings.Reconstructed(model, shown, binarization);
        return Pictures.Grid([.. originals, .. reconstructions], data.Shape, neighbours.Count + 1,
            rowNames: ["example", "reconstruction"],
            columnNames: ["query", .. neighbours.Select(neighbour => neighbour.Distance.ToString("0.00", CultureInfo.InvariantCulture))]);
    }

    /// <summary>Draws imputed examples in columns: the original, its observed values (the rest grey), and the imputation.</summary>
    /// <param name="imputation">The imputation of images of 1 or 3 channels.</param>
    /// <param name="shape">Shape of one image: [C, H, W].</param>
    /// <param name="count">Maximum number of examples; ≥ 1.</param>
    /// <returns>The picture.</returns>
    /// <exception cref="VaeException">The shape is not that of such images, or the count is below 1.</exception>
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
