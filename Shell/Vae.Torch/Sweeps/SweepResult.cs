namespace Vae.Torch;

/// <summary>The result of one run of a sweep: a row of its table.</summary>
/// <param name="Run">Name of the run's folder, within that of the sweep.</param>
/// <param name="Choices">Names of the run's values, in the order of the axes.</param>
/// <param name="Outcome">How the run ended.</param>
/// <param name="Epochs">Number of complete epochs.</param>
/// <param name="Seconds">Training time; seconds.</param>
/// <param name="Test">Loss terms on the test set, with the kept weights; nats per example.</param>
/// <param name="ActiveUnits">Number of active latent dimensions on the test set.</param>
/// <param name="Pareto">Whether the run is on the Pareto front of KL and reconstruction.</param>
internal sealed record SweepRow(
    string Run, ValueList<string> Choices, Outcome Outcome, int Epochs, double Seconds, Terms Test, int ActiveUnits, bool Pareto);

/// <summary>The result of a sweep.</summary>
/// <param name="Folder">The sweep's folder.</param>
/// <param name="Axes">Names of the axes.</param>
/// <param name="Rows">A row for each trained run, in the order of training.</param>
/// <param name="Planned">Number of runs of the sweep, trained or not.</param>
internal sealed record SweepResult(string Folder, ValueList<string> Axes, ValueList<SweepRow> Rows, int Planned)
{
    /// <summary>A copy with the rows on the Pareto front marked.</summary>
    internal SweepResult Marked()
    {
        var front = ParetoFronts.Indices(
            [.. Rows.Select(row => row.Test.Kl ?? double.NaN)], [.. Rows.Select(row => row.Test.Reconstruction)]);
        return this with { Rows = ValueList.From(Rows.Select((row, i) => row with { Pareto = front.Contains(i) })) };
    }
}

/// <summary>The next run of a sweep.</summary>
/// <param name="Number">Number of the run, from 1.</param>
/// <param name="Count">Number of runs of the sweep.</param>
/// <param name="Run">The run.</param>
internal sealed record SweepStep(int Number, int Count, SweepRun Run);
