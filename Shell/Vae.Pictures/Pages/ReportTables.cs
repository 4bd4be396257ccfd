using System.Globalization;
using System.Xml.Linq;

namespace Vae.Torch;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static XElement Terms(TrainResult result, Likelihood likelihood) => Table(
        [
            "", Likelihoods.IsDensity(likelihood) ? "−ELBO" : $"−ELBO ({Likelihoods.Name(likelihood)})",
            $"Reconstruction ({Likelihoods.Name(likelihood)})", "KL",
        ],
        [Row("Test", result.Test), Row("Train", result.Train)]);

    public static XElement History(ValueList<HistoryEntry> history) => Table(
        [
            "Epoch", "−ELBO, train", "−ELBO, validation", "Reconstruction, validation", "KL, validation",
            "Learning rate", "β", "Examples/s", "Time (s)",
        ],
        history.Select(e => (ValueList<string>)[
            e.Epoch.ToString(Invariant), Nats(e.Train.NegElbo), Nats(e.Validation.NegElbo), Nats(e.Validation.Reconstruction),
            Nats(e.Validation.Kl), e.LearningRate.ToString("0.##e0", Invariant), e.Beta.ToString("0.###", Invariant),
            e.ImagesPerSecond.ToString("N0", Invariant), e.Seconds.ToString("0.0", Invariant)]));

    /// <summary>Every layer with its output shape and number of parameters.</summary>
    public static XElement Model(VaeSpec spec)
    {
        var about = $"{Wiring.EncoderOutput(spec)} values parameterize the posterior of {spec.Latent} latent dimensions; "
            + $"posterior: {Posteriors.Name(spec.Posterior)}; prior: {Priors.Name(spec.Prior)}; "
            + $"likelihood: {Likelihoods.Name(spec.Likelihood)}."
            + (Conditions.ShowsInput(spec.Condition) ? " The loss counts only values that the condition does not show." : "");
        return new XElement("section",
            new XElement("div", new XAttribute("class", "scroll"), Table(["Network", "Layer", "Output", "Parameters"],
                [.. Layers("encoder", Wiring.EncoderLayers(spec), Wiring.EncoderInput(spec)),
                 .. Layers("decoder", Wiring.DecoderLayers(spec), Wiring.DecoderInput(spec)),
                 .. Layers("prior", Wiring.PriorLayers(spec), Wiring.PriorInput(spec)),
                 .. Wiring.PartNetworks(spec).SelectMany(network => Layers(network.Name, Wiring.Layers(network), network.Input)),
                 .. Own(spec, "posterior", Posteriors.Name(spec.Posterior)),
                 .. Own(spec, "prior", Priors.Name(spec.Prior)),
                 ["total", "", "", Parameters.Count(spec).ToString("N0", Invariant)]], textColumns: 3)),
            ReportPage.Tag("p", about, "fine"));
    }

    private static IEnumerable<ValueList<string>> Own(VaeSpec spec, string part, string name) =>
        Parameters.OwnCount(spec, part) is var own and > 0 ? [[part, name, "", own.ToString("N0", Invariant)]] : [];

    private static IEnumerable<ValueList<string>> Layers(string network, ValueList<Layer> layers, Shape input)
    {
        if (layers.Count == 0)
            yield break;
        yield return [network, "input", $"{input}", ""];
        foreach (var layer in layers)
        {
            var learned = Parameters.List([layer], input, network).Where(p => p.Trained).Sum(p => p.Shape.Size);
            input = VaeException.Unwrap(Shapes.Output(layer, input));
            yield return ["", Vae.Layers.Name(layer), $"{input}", learned == 0 ? "" : learned.ToString("N0", Invariant)];
        }
    }

    private static ValueList<string> Row(string name, Terms terms) =>
        [name, Nats(terms.NegElbo), Nats(terms.Reconstruction), Nats(terms.Kl)];

    internal static string Nats(double? value) =>
        value is not { } number ? "—" : double.IsFinite(number) ? number.ToString("0.00", Invariant) : "not finite";

    internal static XElement Table(ValueList<string> head, IEnumerable<ValueList<string>> rows, int textColumns = 1)
    {
        XElement Row(string tag, ValueList<string> cells) =>
            new("tr", cells.Select((text, i) => ReportPage.Tag(tag, text, i < textColumns ? "" : "number")));
        return new("table", new XElement("thead", Row("th", head)), new XElement("tbody", rows.Select(row => Row("td", row))));
    }
}
