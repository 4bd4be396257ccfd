using System.Globalization;

namespace Vae.Torch;

/// <summary>Results of runs as small tables; nats per example unless labelled otherwise. No value depends on the clock.</summary>
internal static class NumberTables
{
    public static TextTable Table(TrainResult result) => new(
        ["", "−ELBO", "reconstruction", "KL"],
        [Row($"train, epoch {result.Epochs}", result.Train), Row("test", result.Test)]);

    public static TextTable Table(Terms terms) => new(
        ["−ELBO", "reconstruction", "KL"], [[Nats(terms.NegElbo), Nats(terms.Reconstruction), Nats(terms.Kl)]]);

    public static TextTable Table(Evaluation evaluation) => new([], ValueList.From<ValueList<string>>([
        ["−ELBO", Nats(evaluation.NegElbo)],
        ["reconstruction", Nats(evaluation.Reconstruction)],
        ["KL", Nats(evaluation.Kl)],
        [$"bound on −ln p(x) with {evaluation.ImportanceSamples} samples", Nats(evaluation.Nll)],
        ["active units", $"{evaluation.ActiveUnits}"]]));

    public static TextTable Table(Diagnosis diagnosis) => new(
        ["latent", "KL", "variance of means", "gap to the prior"],
        [.. diagnosis.Dimensions.Select(
            ValueList<string> (facts) => [$"{facts.Index}", Nats(facts.Kl), Number(facts.MeanVariance), Number(facts.Gap)]),
         .. diagnosis.Findings.Select(ValueList<string> (finding) => ["!", finding])]);

    public static TextTable Table(DataSplit data) => new(
        ["", "examples", "shape", "classes"],
        [.. new[] { ("train", data.Train), ("validation", data.Validation), ("test", data.Test) }
            .Where(part => part.Item2.Count > 0)
            .Select(ValueList<string> (part) => [
                part.Item1, part.Item2.Count.ToString("N0", CultureInfo.InvariantCulture),
                $"{part.Item2.Shape}", $"{part.Item2.Classes.Count}"])]);

    /// <summary>A value with 2 decimals; a dash for null, and "not finite" for NaN and infinities.</summary>
    public static string Nats(double? value) => Text(value, "0.00");

    private static string Number(double? value) => Text(value, "0.000");

    private static ValueList<string> Row(string name, Terms terms) =>
        [name, Nats(terms.NegElbo), Nats(terms.Reconstruction), Nats(terms.Kl)];

    private static string Text(double? value, string format) =>
        value is not { } number ? "—" : double.IsFinite(number) ? number.ToString(format, CultureInfo.InvariantCulture) : "not finite";
}
