using Microsoft.ML;

namespace Vae.Torch;

/// <summary>How a model is trained on a data view, and which columns its transformer adds.</summary>
/// <param name="Columns">
/// The columns that are modelled; null for all of numbers, truth values, texts, dates, and vectors of numbers. A vector is a block of
/// columns, one for each of its numbers.
/// </param>
/// <param name="Model">A model of <c>Zoo.Names</c>; empty for the recipe of tables, whose sizes follow from the data.</param>
/// <param name="Epochs">Passes over the training rows; 0 for the recipe's, which also stops where the validation part says so.</param>
/// <param name="Seed">Seed of initial weights, data splits and all noise.</param>
/// <param name="Experiment">
/// Makes the experiment for the rows, in place of the model, epochs and seed; null for none. The schema of the rows is added to its data
/// specification.
/// </param>
/// <param name="Choices">What some columns hold, in place of what is inferred; as of <c>SpecText.Columns("age=positive")</c>.</param>
/// <param name="AsValues">
/// Whether <paramref name="Columns"/> names one vector whose numbers are taken as they are, without a schema and unscaled, such as the
/// intensities of pixels.
/// </param>
/// <param name="Codes">The added column of codes, a vector; empty for none.</param>
/// <param name="Score">The added column of scores, −ELBO in nats: large for anomalies; empty for none. Trainers add a <c>Score</c> of
/// their own.</param>
/// <param name="Reconstruction">
/// The added column of reconstructions, a vector with a number for each modelled column: in its unit, and of words the place of the
/// likeliest among them in the schema. Empty for none.
/// </param>
/// <param name="Draws">Draws from the posterior that a score averages over; ≥ 1.</param>
public sealed record VaeOptions(
    ValueList<string>? Columns = null, string Model = "", int Epochs = 0, ulong Seed = 1, Func<Dataset, Experiment>? Experiment = null,
    ValueList<ColumnChoice>? Choices = null, bool AsValues = false, string Codes = "Codes", string Score = "AnomalyScore",
    string Reconstruction = "Reconstruction", int Draws = 10)
{
    /// <summary>The names of the added columns.</summary>
    internal ValueList<string> Added => ValueList.From(new[] { Codes, Score, Reconstruction }.Where(name => name.Length > 0));

    /// <summary>Throws unless the added columns have names of their own.</summary>
    internal void Check(IEnumerable<string> given)
    {
        VaeException.Require(Added.Count > 0 && Added.Distinct().Count() == Added.Count, "options",
            "must name at least one added column, and each by a name of its own", $"'{string.Join("', '", Added)}'");
        VaeException.Require(Draws >= 1, "options.draws", "must be at least 1", Draws);
        VaeException.Require(Epochs >= 0, "options.epochs", "must be at least 0", Epochs);
        VaeException.Require(!AsValues || Columns is { Count: 1 }, "options.columns", "must name one vector of values",
            Columns is null ? "none" : $"{Columns.Count}");
        VaeException.Require(!AsValues || Choices is not { Count: > 0 }, "options.choices", "must be none for values, which have no schema",
            $"{Choices?.Count}");
        if (given.FirstOrDefault(Added.Contains) is { } taken)
            throw new VaeException($"options: must name added columns that the data view does not have, got {SafeText.Cut(taken)}");
    }
}

/// <summary>Adds <see cref="VaeEstimator"/> to <see cref="MLContext"/>.</summary>
public static class VaeCatalog
{
    /// <summary>An estimator that trains a variational autoencoder, and adds its codes, scores and reconstructions to the rows.</summary>
    /// <param name="context">The context of ML.NET.</param>
    /// <param name="options">How it is trained, and what it adds; null for the defaults.</param>
    /// <example>
    /// <code>
    /// var pipeline = context.Vae(new(Epochs: 50)).Append(context.Clustering.Trainers.KMeans("Codes", numberOfClusters: 3));
    /// </code>
    /// </example>
    public static VaeEstimator Vae(this MLContext context, VaeOptions? options = null) => new(context, options);
}
