using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Vae.Torch;

/// <summary>
/// Serves the model of a run: rows of concurrent requests are encoded and scored in batches. Any number of threads may call at once, and a
/// row has the answer that it would have alone, up to rounding.
/// </summary>
/// <example>
/// <code>
/// builder.Services.AddVae("runs/people");
/// app.MapPost("/score", (Dictionary&lt;string, string?&gt; cells, VaeService vae, CancellationToken stop) =>
///     vae.ScoreAsync(vae.Row(cells), stop));
/// </code>
/// </example>
public sealed partial class VaeService : IAsyncDisposable, IDisposable
{
    /// <summary>The name of the meter, for <c>AddMeter</c> of OpenTelemetry.</summary>
    public const string MeterName = "Vae.Hosting";

    private readonly VaeServiceOptions options;
    private readonly ILogger<VaeService> logger;
    private readonly ServiceMeters meters;
    private readonly RowBatcher<float[]> codes;
    private readonly RowBatcher<RowAnswer> scores;
    private readonly ValueList<string> names;
    private int isDisposed;

    /// <summary>Loads the model of a run.</summary>
    /// <param name="folder">The run; its model must have no condition.</param>
    /// <param name="options">Sizes and draws.</param>
    /// <param name="logger">Receives what happens to the service; requests are not logged.</param>
    /// <param name="meters">Makes the meters; null for meters of their own.</param>
    /// <exception cref="VaeException">The run cannot be loaded, its model has a condition, or an option is out of range.</exception>
    public VaeService(RunFolder folder, VaeServiceOptions options, ILogger<VaeService> logger, IMeterFactory? meters = null)
    {
        VaeException.Require(options.MaxBatch >= 1, "maxBatch", "must be at least 1", options.MaxBatch);
        VaeException.Require(options.MaxQueue >= 1, "maxQueue", "must be at least 1", options.MaxQueue);
        VaeException.Require(options.Samples >= 1, "samples", "must be at least 1", options.Samples);
        (this.options, this.logger, Experiment) = (options, logger, folder.Experiment());
        VaeException.Require(Experiment.Model.Condition is Condition.None, "model.condition", "must be none to serve rows", "another");
        if (options.Threads > 0)
            TorchSharp.torch.set_num_threads(options.Threads);
        Model = options.Best ? folder.LoadBest(options.Device) : folder.LoadModel(options.Device);
        this.meters = new(meters);
        names = Experiment.Data.Schema.IsTable
            ? ValueList.From(Experiment.Data.Schema.Modelled.SelectMany(column => Enumerable.Repeat(column.Name, column.Kind.Width)))
            : ValueList.From(Enumerable.Range(0, Width).Select(i => $"x{i}"));
        codes = new(options, Encode, rows => this.meters.Batch("encode", rows), this.meters.Waiting);
        scores = new(options, Score, rows => this.meters.Batch("score", rows), this.meters.Waiting);
        Loaded(folder.Path, options.Device);
    }

    /// <summary>The experiment of the run; its data specification has the schema of a table.</summary>
    public Experiment Experiment { get; }

    /// <summary>The model. It may be read beside the service's own work.</summary>
    public VaeModel Model { get; }

    /// <summary>Number of values of a row.</summary>
    public int Width => (int)Likelihoods.MeanShape(Experiment.Model.Likelihood, Experiment.Model.Input).Size;

    /// <summary>The values of a row of the run's table, from its cells by name; other names are ignored.</summary>
    /// <param name="cells">The texts of the cells; null, empty or absent for a missing one.</param>
    /// <exception cref="VaeException">The run is of no table, or every problem of the cells, one a line.</exception>
    public float[] Row(IReadOnlyDictionary<string, string?> cells)
    {
        var schema = Experiment.Data.Schema;
        VaeException.Require(schema.IsTable, "row", "must be numbers for a run that is of no table", "cells");
        var row = VaeException.Unwrap(TableRows.Encode(schema, ValueList.From(
            schema.Columns.Select(column => column.Kind.Width > 0 ? cells.GetValueOrDefault(column.Name) ?? "" : ""))));
        var values = new float[Width];
        for (var i = 0; i < values.Length; i++)
            values[i] = row.Observed[i] ? (float)row.Values[i]
                : Experiment.Data.Masked ? float.NaN : throw new VaeException($"{names[i]}: must have a value, got none");
        return values;
    }

    /// <summary>The posterior mean of a row, D values.</summary>
    /// <param name="row">The values of a row, as of <see cref="Row"/>; NaN for a missing one.</param>
    /// <param name="stop">Cancels the request; other requests go on.</param>
    /// <exception cref="VaeException">The row does not fit the model.</exception>
    public Task<float[]> EncodeAsync(float[] row, CancellationToken stop = default) => Ask("encode", codes, row, stop);

    /// <summary>How improbable a row is, and the parts of its columns in that.</summary>
    /// <param name="row">The values of a row, as of <see cref="Row"/>; NaN for a missing one.</param>
    /// <param name="stop">Cancels the request; other requests go on.</param>
    /// <exception cref="VaeException">The row does not fit the model.</exception>
    public Task<RowAnswer> ScoreAsync(float[] row, CancellationToken stop = default) => Ask("score", scores, row, stop);

    /// <summary>Answers the rows that wait, and disposes the model. Later requests throw <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) == 1)
            return;
        await codes.DisposeAsync().ConfigureAwait(false);
        await scores.DisposeAsync().ConfigureAwait(false);
        Model.Dispose();
        meters.Dispose();
        Disposed();
    }

    /// <inheritdoc/>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<T> Ask<T>(string operation, RowBatcher<T> batcher, float[] row, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var outcome = "refused";
        try
        {
            Check(row);
            var answer = await batcher.Ask(row, stop).ConfigureAwait(false);
            outcome = "answered";
            return answer;
        }
        catch (OperationCanceledException)
        {
            outcome = "cancelled";
            throw;
        }
        catch (Exception e) when (e is not (VaeException or ObjectDisposedException))
        {
            outcome = "failed";
            Failed(e, operation);
            throw;
        }
        finally
        {
            meters.Ended(operation, outcome, Stopwatch.GetElapsedTime(began));
        }
    }

    // A row that does not fit must not fail those of other requests.
    private void Check(float[] row)
    {
        VaeException.Require(row.Length == Width, "row", $"must have the {Width} values of the model's input", row.Length);
        var takesMissing = Experiment.Model.Likelihood.Formulas().TakesMask;
        for (var i = 0; i < row.Length; i++)
            if (!float.IsFinite(row[i]) && !(takesMissing && float.IsNaN(row[i])))
                throw new VaeException($"{names[i]}: must be finite, got {row[i].ToString(CultureInfo.InvariantCulture)}");
    }

    private float[][] Encode(float[,] rows)
    {
        var all = Model.Codes(rows);
        return [.. Enumerable.Range(0, all.GetLength(0)).Select(row =>
            Enumerable.Range(0, all.GetLength(1)).Select(i => all[row, i]).ToArray())];
    }

    private RowAnswer[] Score(float[,] rows)
    {
        var all = Model.ScoreEach(rows, options.Samples, options.Seed);
        return [.. Enumerable.Range(0, rows.GetLength(0)).Select(row => new RowAnswer(
            all.NegLogLikelihood[row], all.NegElbo[row], ValueList.From(names
                .Select((name, i) => new ServedShare(name, all.Shares[row, i]))
                // A column of several numbers has the sum of their parts.
                .GroupBy(share => share.Column).Select(group => new ServedShare(group.Key, group.Sum(share => share.Nats)))
                .Append(new ServedShare("the code", all.Kl[row])))))];
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Serving the model of {Folder} on {Device}")]
    private partial void Loaded(string folder, string device);

    [LoggerMessage(Level = LogLevel.Error, Message = "A request to {Operation} failed")]
    private partial void Failed(Exception e, string operation);

    [LoggerMessage(Level = LogLevel.Information, Message = "The model is no longer served")]
    private partial void Disposed();
}
