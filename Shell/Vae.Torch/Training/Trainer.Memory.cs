namespace Vae.Torch;

/// <summary>A model that was trained without a run folder, and what training gave. Dispose it after use.</summary>
/// <param name="Model">The model.</param>
/// <param name="Result">The result; its run has no path.</param>
public sealed record TrainedModel(VaeModel Model, TrainResult Result) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose() => Model.Dispose();
}

public static partial class Trainer
{
    private const double Test = 0.1;

    /// <summary>
    /// Trains a model on data in memory and keeps no run folder. The experiment's data specification says how many examples validate, and
    /// a tenth of all is the test set. Meanwhile checkpoints are in a temporary folder, which is deleted at the end.
    /// </summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="data">All examples.</param>
    /// <exception cref="VaeException">Every problem of the experiment with this data.</exception>
    /// <example>
    /// <code>
    /// var data = Dataset.FromRows(rows);                                       // float[,]
    /// var model = Zoo.Mlp(data.Shape, latent: 2, hidden: 32).With(likelihood: Likelihoods.Normal(Scales.Learned));
    /// using var trained = Trainer.Train(TrainRecipes.Default(model, "rows"), data);
    /// float[,] codes = trained.Model.Codes(rows);
    /// </code>
    /// </example>
    public static TrainedModel Train(Experiment experiment, Dataset data) => Train(experiment, data, null, default);

    /// <summary>Trains a model on data in memory and keeps no run folder, with progress events.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="data">All examples.</param>
    /// <param name="progress">Receives progress events; null for none.</param>
    /// <param name="stop">Ends training at a step; the model is then that of the step.</param>
    /// <exception cref="VaeException">Every problem of the experiment with this data.</exception>
    public static TrainedModel Train(Experiment experiment, Dataset data, IProgress<TrainEvent>? progress, CancellationToken stop) =>
        Train(experiment, Splits.Divide(data, experiment.Data.Validation, Test, experiment.Train.Seed), progress, stop);

    /// <summary>Trains a model on data in memory and keeps no run folder.</summary>
    /// <param name="experiment">What to train.</param>
    /// <param name="data">The training, validation and test sets.</param>
    /// <param name="progress">Receives progress events; null for none.</param>
    /// <param name="stop">Ends training at a step; the model is then that of the step.</param>
    /// <exception cref="VaeException">Every problem of the experiment with this data.</exception>
    public static TrainedModel Train(Experiment experiment, DataSplit data, IProgress<TrainEvent>? progress, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("vae-");
        try
        {
            var result = Train(experiment, data, new RunOptions(folder.FullName), progress, stop);
            return new(RunFolder.Open(folder.FullName, CustomComponents.Collect(experiment)).LoadModel(), result with { Run = "" });
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
