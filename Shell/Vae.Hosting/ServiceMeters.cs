using System.Diagnostics.Metrics;

namespace Vae.Torch;

/// <summary>
/// The meters of a service, under the name of <see cref="VaeService.MeterName"/>: <c>vae.requests</c> and <c>vae.request.duration</c> (s)
/// by operation and outcome, <c>vae.batch.size</c> (rows) by operation, and <c>vae.queue.length</c> (rows).
/// </summary>
internal sealed class ServiceMeters : IDisposable
{
    private readonly Meter meter;
    private readonly Counter<long> requests;
    private readonly Histogram<double> duration;
    private readonly Histogram<int> batches;
    private readonly UpDownCounter<int> waiting;

    public ServiceMeters(IMeterFactory? factory)
    {
        // A factory disposes its meters itself.
        meter = factory?.Create(VaeService.MeterName) ?? new Meter(VaeService.MeterName);
        requests = meter.CreateCounter<long>("vae.requests", "{request}", "Requests that were answered, refused or cancelled.");
        duration = meter.CreateHistogram<double>("vae.request.duration", "s", "Time from a request to its answer.");
        batches = meter.CreateHistogram<int>("vae.batch.size", "{row}", "Rows that were answered together.");
        waiting = meter.CreateUpDownCounter<int>("vae.queue.length", "{row}", "Rows that wait for an answer.");
    }

    public void Ended(string operation, string outcome, TimeSpan time)
    {
        KeyValuePair<string, object?> of = new("operation", operation), how = new("outcome", outcome);
        requests.Add(1, of, how);
        duration.Record(time.TotalSeconds, of, how);
    }

    public void Batch(string operation, int rows) => batches.Record(rows, new KeyValuePair<string, object?>("operation", operation));

    public void Waiting(int change) => waiting.Add(change);

    public void Dispose() => meter.Dispose();
}
