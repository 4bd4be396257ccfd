namespace Vae.Torch;

/// <summary>Pictures of models beside each other, as figures of a page. One model stands for each group, the first.</summary>
public static class ComparisonPictures
{
    private const int Few = 1500, Many = 4000, Pairs = 3, Steps = 9;

    /// <summary>All that there are to show: clouds where every latent space is a plane, decoded draws and lines where the examples are images of 1 or 3 channels.</summary>
    /// <param name="candidates">As for <see cref="Comparisons.Run"/>.</param>
    /// <param name="test">Whose codes are shown.</param>
    /// <param name="seed">Of the draws.</param>
    public static ValueList<Figure> Draw(IReadOnlyList<Candidate> candidates, Dataset test, ulong seed = 0)
    {
        var groups = candidates.GroupBy(of => of.Group).Select(group => group.ToList()).ToList();
        var firsts = groups.Select(group => group[0]).ToList();
        var figures = new List<Figure>();
        if (candidates.All(of => of.Model.Spec.Latent == 2))
        {
            figures.Add(new("Codes", $"A code for each of {Math.Min(Many, test.Count):N0} test examples{(test.HasLabels ? ", a colour for each class" : "")}. The circle holds 95 % of N(0, I), from which a variational autoencoder draws. Each cloud has its own scale: measure it by the circle.",
                Clouds([.. firsts.Select(of => Panel(of, of.Group, test, Many, seed))], Math.Min(firsts.Count, 3), test, Many, [])));
            if (groups.Any(group => group.Count > 1))
                figures.Add(new("The same from other initial weights", "A row for each kind, on one scale; nothing differs along a row but the seed. The circle holds 95 % of N(0, I).",
                    Clouds(Rows(groups, test, seed), groups.Max(group => group.Count), test, Few, ValueList.From(groups.Select(group => group[0].Group)))));
        }
        if (RunPictures.CanShow(test.Shape))
            figures.AddRange(Decoded(firsts, test, seed));
        return ValueList.From(figures);
    }

    private static IEnumerable<Figure> Decoded(List<Candidate> firsts, Dataset test, ulong seed)
    {
        yield return new("Uniform draws", "Decoded from codes that are drawn uniformly from the box that holds all codes: where the box has holes, so has what is decoded.",
            Draws(firsts, test, (codes, count) => Comparisons.Uniform(codes, count, seed), seed));
        yield return new("Draws from N(0, I)", "Decoded from codes that are drawn from N(0, I), whatever the codes are like: they fit where the codes were held to it.",
            Draws(firsts, test, (codes, count) => Normals.Draws(count, codes.Dims[1], KeyedRandom.FromSeed(seed).Fold(2)), seed));
        if (test.Count > Pairs)
            yield return new("Straight lines between encodings", "From one test image (left) to another (right) in even steps: between two pictures lie others, or something that is none.",
                Lines(firsts, test, seed));
    }

    private static ScatterPanel Panel(Candidate of, string title, Dataset test, int count, ulong seed) =>
        new(title, Comparisons.Codes(of, Comparisons.First(test, count), seed));

    // Rows of one length, so that each has a scale of its own.
    private static List<ScatterPanel> Rows(List<List<Candidate>> groups, Dataset test, ulong seed)
    {
        var columns = groups.Max(group => group.Count);
        return [.. groups.SelectMany(group => Enumerable.Range(0, columns).Select(i => i < group.Count
            ? Panel(group[i], $"seed {group[i].Seed}", test, Few, seed)
            : new ScatterPanel("", NdArray.FromValues([], 0, 2))))];
    }

    private static Picture Clouds(IReadOnlyList<ScatterPanel> panels, int columns, Dataset test, int count, ValueList<string> rowNames) => ScatterMultiples.Draw(
        panels, columns, Comparisons.First(test, count).Labels.ToArray(), test.HasLabels ? ValueList.From(test.Classes) : [], rowNames);

    private static Picture Draws(List<Candidate> firsts, Dataset test, Func<NdArray, int, NdArray> draw, ulong seed)
    {
        var across = Math.Min(firsts.Count, 2);
        // Side by side, the blocks fill a page.
        var scale = Math.Max(1, 900 / across / 8 / test.Shape.Width);
        var columns = Math.Clamp((900 / across - 18) / (test.Shape.Width * scale + GridPlan.Gap), 3, 16);
        var rows = Math.Min(columns, 8);
        return Mosaics.Draw([.. firsts.Select(of => new Tile(of.Group, Pictures.Grid(
            Comparisons.Decode(of, draw(Comparisons.Codes(of, test, seed), rows * columns), test), test.Shape, columns, scale)))], across);
    }

    private static Picture Lines(List<Candidate> firsts, Dataset test, ulong seed)
    {
        var some = test.Take([.. Enumerable.Range(0, 2 * Pairs).Select(i => i % test.Count)]);
        var codes = firsts.Select(of => Comparisons.Codes(of, some, seed)).ToList();
        float[] One(int at) => Decodings.Reconstructed(firsts[0].Model, some.Take([at]), Binarizations.None).Originals;
        float[] Row(int pair, int model) => [.. One(2 * pair), .. Comparisons.Path(firsts[model], codes[model], some, 2 * pair, 2 * pair + 1, Steps), .. One(2 * pair + 1)];
        return Pictures.Grid(
            [.. Enumerable.Range(0, Pairs).SelectMany(pair => Enumerable.Range(0, firsts.Count).SelectMany(model => Row(pair, model)))], test.Shape, Steps + 2,
            rowNames: ValueList.From(Enumerable.Range(0, Pairs).SelectMany(_ => firsts.Select(of => of.Group))));
    }
}
