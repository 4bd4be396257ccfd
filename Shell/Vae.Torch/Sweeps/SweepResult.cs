namespace Vae.Torch;

/// <summary>What a run of a sweep gave: a row of its table.</summary>
/// <param name="Run">The run's folder below that of the sweep.</param>
/// <param name="Choices">The names of its values, in the order of the axes.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Epochs">Whole epochs trained.</param>
/// <param name="Seconds">Spent training.</param>
/// <param name="Test">On the test set, with the kept weights; nats per example.</param>
/// <param name="ActiveUnits">Latent dimensions in use, on the test set.</param>
/// <param name="Pareto">Whether no other run has less KL and no more reconstruction, or the other way round.</param>
public sealed record SweepRow(string Run, ValueList<string> Choices, Outcome Outcome, int Epochs, double Seconds, Terms Test, int ActiveUnits, bool Pareto);

/// <summary>What a sweep gave.</summary>
/// <param name="Folder">Where it is.</param>
/// <param name="Axes">Names of what was chosen.</param>
/// <param name="Rows">A row for each run that has been trained, in their order.</param>
/// <param name="Planned">How many runs there are to be.</param>
public sealed record SweepResult(string Folder, ValueList<string> Axes, ValueList<SweepRow> Rows, int Planned)
{
    /// <summary>The same with the front marked.</summary>
    internal SweepResult Marked()
    {
        var front = ParetoFronts.Indices([.. Rows.Select(row => row.Test.Kl ?? double.NaN)], [.. Rows.Select(row => row.Test.Reconstruction)]);
        return this with { Rows = ValueList.From(Rows.Select((row, i) => row with { Pareto = front.Contains(i) })) };
    }
}

/// <summary>What happens in a sweep.</summary>
/// <param name="Number">Of the run that begins, from 1.</param>
/// <param name="Count">Of all runs.</param>
/// <param name="Run">It.</param>
public sealed record SweepStep(int Number, int Count, SweepRun Run);
