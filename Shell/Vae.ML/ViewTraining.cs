namespace Vae.Torch;

/// <summary>Experiments on rows by options.</summary>
internal static class ViewTraining
{
    private const string Source = "rows";

    /// <summary>The experiment of the options, for the rows.</summary>
    /// <exception cref="VaeException">Its model has a condition.</exception>
    public static Experiment Experiment(VaeOptions options, Dataset data)
    {
        var made = options.Experiment?.Invoke(data) ?? Made(options, data);
        VaeException.Require(made.Model.Condition is Condition.None, "model.condition", "must be none for rows without conditions",
            made.Model.Condition);
        return made.With(data: made.Data.With(rawValues: true, masked: data.IsMasked, schema: data.Schema));
    }

    // As the command trains a table where nothing is said.
    private static Experiment Made(VaeOptions options, Dataset data)
    {
        var width = data.Schema.IsTable ? data.Schema.Width : data.ItemSize;
        var recipe = TableRecipe.For(width, data.Count);
        var model = options.Model.Length > 0 ? VaeException.Unwrap(Zoo.Find(options.Model, data.Shape))
            : Zoo.Mlp(data.Shape, recipe.Latent, recipe.Hidden);
        var likelihood = data.Schema.IsTable ? Likelihoods.OfTable(data.Schema, data.IsMasked) : OfValues(data);
        var experiment = TrainRecipes.Default(
            model.With(likelihood: likelihood), Source, options.Epochs > 0 ? options.Epochs : recipe.Epochs, options.Seed);
        var waits = options.Epochs > 0 ? 0 : recipe.Patience;
        return experiment.With(
            data: experiment.Data.With(validation: waits > 0 ? recipe.Validation : 0),
            train: experiment.Train.With(batch: recipe.Batch, stopping: waits > 0 ? Stoppings.Patience(waits) : Stoppings.Never));
    }

    // Intensities, or numbers of any size.
    private static Likelihood OfValues(Dataset data)
    {
        var facts = data.Facts();
        var likelihood = facts.Values.Min >= 0 && facts.Values.Max <= 1 ? Likelihoods.CrossEntropy
            : Likelihoods.Standardized(Likelihoods.Normal(Scales.Learned), facts);
        return data.IsMasked ? Likelihoods.Masked(likelihood) : likelihood;
    }
}
