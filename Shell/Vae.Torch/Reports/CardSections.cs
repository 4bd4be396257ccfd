namespace Vae.Torch;

/// <summary>The prose of a model card: what the model is for, and what it is not.</summary>
internal static class CardSections
{
    public static string Use(CardContent card)
    {
        var spec = card.Experiment.Model;
        List<string> uses = [
            "**Encode** examples as short vectors, to compare, search or plot them.",
            "**Reconstruct** examples, and so find what the model does not expect."];
        if (Posteriors.HasDensity(spec.Posterior))
        {
            uses.Insert(0, card.Experiment.Data.Schema.IsTable
                ? "**Generate** rows that resemble those of the table." : "**Generate** examples that resemble the training data.");
            uses.Add("**Score** examples by −ELBO: high scores are unlike the training data.");
        }
        if (spec.Likelihood.Formulas().TakesMask)
            uses.Add("**Fill in** missing values.");
        if (spec.Condition is not Condition.None)
            uses.Add($"Do so for a given condition: {Conditions(spec.Condition)}.");
        return "## Intended use\n\n" + List(uses);
    }

    public static string Limits(CardContent card)
    {
        var (experiment, data) = (card.Experiment, card.Experiment.Data);
        List<string> limits = [
            $"It knows data like {CardText.Source(data)} only. On other data its scores and reconstructions must be measured first.",
            "Its quality on parts of the data, such as groups of people, has not been measured. Do so before anybody depends on it.",
            "It can repeat training examples. If those are confidential, so are the weights, and what is drawn from them."];
        if (data.Schema.IsTable)
            limits.Add("Rows that it generates and cells that it fills in are draws from a model, not records.");
        if (data.ExcludedClasses.Count > 0)
            limits.Add($"It has not seen the classes {string.Join(", ", data.ExcludedClasses)}.");
        if (!Posteriors.HasDensity(experiment.Model.Posterior))
            limits.Add("An autoencoder learns no distribution of its codes: it has no samples of its own, and no bound on ln p(x).");
        limits.Add("Nats depend on the likelihood: compare them only between models of the same likelihood and data.");
        return "## Limits\n\n" + List(limits);
    }

    private static string Conditions(Condition condition) => condition switch
    {
        Condition.Label label => $"one of {label.Classes} classes",
        Condition.Labels labels => $"{labels.Classes.Count} labels",
        Condition.Vector vector => $"{vector.Width} numbers",
        _ => "a part of the example",
    };

    private static string List(IEnumerable<string> items) => string.Concat(items.Select(item => $"- {item}\n"));
}
