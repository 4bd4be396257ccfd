using Vae.Torch;

namespace Vae.Cli;

/// <summary>How a training run is shown.</summary>
internal interface ITrainingOutput : IProgress<TrainEvent>, IDisposable
{
    /// <summary>Shows the end, once everything is on disk.</summary>
    void Finish(TrainResult result);
}
