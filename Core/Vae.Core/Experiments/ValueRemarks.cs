using System.Globalization;

namespace Vae;

/// <summary>Says how the values of a file are taken, and asks where whole numbers may be something else.</summary>
internal static class ValueRemarks
{
    private const int Bytes = 255;

    // Photographs and drawings use most of the range of a byte.
    private const int DimBytes = 127;

    private static readonly string[] Files = [".npy", ".npz", ".csv", ".tsv"];

    /// <summary>At most one sentence; none for named data sets, folders of pictures and tables with a schema.</summary>
    public static ValueList<string> Find(Experiment experiment, DataFacts facts)
    {
        var data = experiment.Data;
        return !Files.Any(end => data.Source.EndsWith(end, StringComparison.OrdinalIgnoreCase)) || data.Schema.IsTable ? []
            : data.RawValues ? [Raw(experiment.Model.Likelihood, facts.Values)]
            : [Intensities(facts)];
    }

    private static string Raw(Likelihood likelihood, ValueFacts values) =>
        $"values are numbers as they are, {Range(values)}" + (values.AreWhole && TakesReals(likelihood)
            ? ", all of them whole: are they counts? Then model.likelihood=negative-binomial fits them" : "");

    private static string Intensities(DataFacts facts)
    {
        var values = facts.Values;
        if (facts.IsBinary)
            return "values are 0 and 1";
        if (values.Levels == 0)
            return $"values are intensities, {Range(values)}";
        int low = (int)Math.Round(values.Min * Bytes), high = (int)Math.Round(values.Max * Bytes);
        return $"values are intensities: whole numbers {low} to {high}, divided by {Bytes}"
            + (facts.Shape.IsVector || high <= DimBytes
                ? ". Are they counts or measurements? Then data.rawValues=true takes them as they are" : "");
    }

    private static bool TakesReals(Likelihood likelihood) => likelihood switch
    {
        Likelihood.Masked masked => TakesReals(masked.Inner),
        Likelihood.Normal or Likelihood.Laplace or Likelihood.StudentT => true,
        _ => false,
    };

    private static string Range(ValueFacts values) =>
        string.Create(CultureInfo.InvariantCulture, $"{values.Min:G6} to {values.Max:G6}");
}
