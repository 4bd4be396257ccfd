namespace Vae.Torch;

/// <summary>How a model is served.</summary>
/// <param name="MaxBatch">Maximum number of rows that are answered together; ≥ 1.</param>
/// <param name="MaxQueue">Maximum number of rows that wait for an answer; ≥ 1. A request beyond them waits until it may enter,
/// or is cancelled.</param>
/// <param name="Samples">Draws of z for each score; ≥ 1.</param>
/// <param name="Seed">Seed of the draws: the same row has the same score.</param>
/// <param name="Device">The device: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
/// <param name="Threads">Number of CPU threads; 0 leaves it to torch.</param>
/// <param name="Best">Whether the weights of the epoch with the best validation criterion are used instead of the last.</param>
public sealed record VaeServiceOptions(
    int MaxBatch = 256, int MaxQueue = 10_000, int Samples = 50, ulong Seed = 0, string Device = "cpu", int Threads = 0, bool Best = false);
