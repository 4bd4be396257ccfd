using System.Globalization;

namespace Vae.Torch;

/// <summary>Pictures that compare models, as figures of a page. The first model of each group represents it.</summary>
public static class ComparisonPictures
{
    private const int Few = 1500, Many = 4000, Pairs = 3, Steps = 9;

    /// <summary>Title of the scatter plots of the codes.</summary>
    public const string Codes = "Codes";

    /// <summary>Title of the scatter plots of models that differ only in their seed.</summary>
    public const string OtherSeeds = "Other initial weights";

    /// <summary>Title of the grids decoded from uniform draws.</summary>
    public const string UniformDraws = "Uniform draws";

    /// <summary>Title of the grids decoded from draws from N(0, I).</summary>
    public const string NormalDraws = "Draws from N(0, I)";

    /// <summary>Title of the rows decoded along lines between the codes of two examples.</summary>
    public const string StraightLines = "Straight lines between encodings";

    /// <summary>
    /// Draws every figure that applies: scatter plots if all latents are planes; samples and interpolations if examples are images of 1 or
    /// 3 channels.
    /// </summary>
    /// <param name="candidates">Models as for <see cref="Comparisons.Run"/>.</param>
    /// <param name="test">The examples to encode.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>Figures with titles and captions; empty if none applies.</returns>
    public static ValueList<Figure> Draw(IReadOnlyList<Candidate> candidates, Dataset test, ulong seed = 0) =>
        [.. Planned(candidates, test, seed).Select(plan => new Figure(plan.Title, plan.Caption, plan.Draw()))];

    /// <summary>Draws one figure of <see cref="Draw"/>.</summary>
    /// <param name="title">Its title, such as <see cref="StraightLines"/>.</param>
    /// <param name="candidates">Models as for <see cref="Comparisons.Run"/>.</param>
    /// <param name="test">The examples to encode.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <exception cref="VaeException">No figure that applies to the models has the title; the message lists those that do.</exception>
    public static Picture Titled(string title, IReadOnlyList<Candidate> candidates, Dataset test, ulong seed = 0)
    {
        var plans = Planned(candidates, test, seed).ToList();
        return plans.Find(plan => plan.Title == title) is { } found ? found.Draw()
            : throw new VaeException($"title: must be one of {string.Join(", ", plans.Select(plan => plan.Title))}, got {title}");
    }

    private sealed record Plan(string Title, string Caption, Func<Picture> Draw);

    private static IEnumerable<Plan> Planned(IReadOnlyList<Candidate> candidates, Dataset test, ulong seed)
    {
        var groups = candidates.GroupBy(candidate => candidate.Group).Select(group => group.ToList()).ToList();
        var firsts = groups.Select(group => group[0]).ToList();
        return [
            .. candidates.All(candidate => candidate.Model.Spec.Latent == 2) ? Scatters(groups, test, seed) : [],
            .. RunPictures.CanShow(test.Shape) ? Decoded(firsts, test, seed) : []];
    }

    private static IEnumerable<Plan> Scatters(List<List<Candidate>> groups, Dataset test, ulong seed)
    {
        yield return new(
            Codes,
            string.Create(CultureInfo.InvariantCulture,
                $"Codes of {Math.Min(Many, test.Count):N0} test examples{(test.HasLabels ? ", coloured by class" : "")}. "
                + $"The circle holds 95 % of N(0, I), the prior of a variational autoencoder. Each panel has its own scale; "
                + $"the circle is the same in all."),
            () => Clouds(
                [.. groups.Select(group => Panel(group[0], group[0].Group, test, Many, seed))], Math.Min(groups.Count, 3), test, Many, []));
        if (groups.Any(group => group.Count > 1))
            yield return new(
                OtherSeeds,
                "Models in a row differ only in their seed, and share a scale. The circle holds 95 % of N(0, I).",
                () => Clouds(
                    Rows(groups, test, seed), groups.Max(group => group.Count), test, Few,
                    ValueList.From(groups.Select(group => group[0].Group))));
    }

    private static IEnumerable<Plan> Decoded(List<Candidate> firsts, Dataset test, ulong seed)
    {
        yield return new(
            UniformDraws, "Decoded from uniform draws in the bounding box of all codes, which includes regions without codes.",
            () => Draws(firsts, test, (codes, count) => Comparisons.Uniform(codes, count, seed), seed));
        yield return new(
            NormalDraws, "Decoded from draws from N(0, I), realistic only if training regularized the codes towards it.",
            () => Draws(
                firsts, test, (codes, count) => Normals.Draws(count, codes.Dims[1], KeyedRandom.FromSeed(seed).Fold(2)), seed));
        if (test.Count > Pairs)
            yield return new(
                StraightLines,
                "From one test image (left) to another (right) in equal steps of the code. Intermediate images may be realistic or not.",
                () => Lines(firsts, test, seed));
    }

    private static ScatterPanel Panel(Candidate model, string title, Dataset test, int count, ulong seed) =>
        new(title, Comparisons.Codes(model, Comparisons.First(test, count), seed));

    // Shorter groups are padded with empty panels, so that each row holds one group.
    private static List<ScatterPanel> Rows(List<List<Candidate>> groups, Dataset test, ulong seed)
    {
        var columns = groups.Max(group => group.Count);
        return [.. groups.SelectMany(group => Enumerable.Range(0, columns).Select(i => i < group.Count
            ? Panel(group[i], $"seed {group[i].Seed}", test, Few, seed)
            : new ScatterPanel("", NdArray.FromValues([], 0, 2))))];
    }

    private static Picture Clouds(
        IReadOnlyList<ScatterPanel> panels, int columns, Dataset test, int count, ValueList<string> rowNames) =>
        ScatterMultiples.Draw(
            panels, columns, Comparisons.First(test, count).Labels.ToArray(), test.HasLabels ? ValueList.From(test.Classes) : [], rowNames);

    private static Picture Draws(List<Candidate> firsts, Dataset test, Func<NdArray, int, NdArray> draw, ulong seed)
    {
        var across = Math.Min(firsts.Count, 2);
        // The scale at which grids side by side fill a page.
        var scale = Math.Max(1, 900 / across / 8 / test.Shape.Width);
        var columns = Math.Clamp((900 / across - 18) / (test.Shape.Width * scale + GridPlan.Gap), 3, 16);
        var rows = Math.Min(columns, 8);
        Picture Grid(Candidate model) => Pictures.Grid(
            Comparisons.Decode(model, draw(Comparisons.Codes(model, test, seed), rows * columns), test), test.Shape, columns, scale);
        return Mosaics.Draw([.. firsts.Select(model => new Tile(model.Group, Grid(model)))], across);
    }

    private static Picture Lines(List<Candidate> firsts, Dataset test, ulong seed)
    {
        var some = test.Take([.. Enumerable.Range(0, 2 * Pairs).Select(i => i % test.Count)]);
        var codes = firsts.Select(model => Comparisons.Codes(model, some, seed)).ToList();
        float[] One(int at) => Decodings.Reconstructed(firsts[0].Model, some.Take([at]), Binarizations.None).Originals;
        float[] Row(int pair, int model) => [
            .. One(2 * pair), .. Comparisons.Path(firsts[model], codes[model], some, 2 * pair, 2 * pair + 1, Steps), .. One(2 * pair + 1)];
        float[] cells = [
            .. from pair in Enumerable.Range(0, Pairs)
               from model in Enumerable.Range(0, firsts.Count)
               from value in Row(pair, model)
               select value];
        return Pictures.Grid(
            cells, test.Shape, Steps + 2,
            rowNames: ValueList.From(Enumerable.Range(0, Pairs).SelectMany(_ => firsts.Select(model => model.Group))));
    }
}
