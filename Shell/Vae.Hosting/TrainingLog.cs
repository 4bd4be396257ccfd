using Microsoft.Extensions.Logging;

namespace Vae.Torch;

/// <summary>
/// Logs the training of a model: start, end and numerical trouble, and each epoch at <see cref="LogLevel.Debug"/>. Pass it as progress to
/// <c>Trainer.Train</c>.
/// </summary>
/// <example>
/// <code>
/// var result = Trainer.Train(experiment, data, new("runs/people"), new TrainingLog(logger), stoppingToken);
/// </code>
/// </example>
public sealed partial class TrainingLog : IProgress<TrainEvent>
{
    private readonly ILogger logger;

    /// <summary>Logs to a logger.</summary>
    /// <param name="logger">The logger.</param>
    public TrainingLog(ILogger logger) => this.logger = logger;

    /// <inheritdoc/>
    public void Report(TrainEvent value) => value.Match(
        started: e => Logged(() => Started(e.Run, e.Images, e.Parameters, e.Route)),
        progressed: _ => true,
        epochEnded: e => Logged(() => Epoch(e.Entry.Epoch, e.Entry.Train.Criterion, e.Entry.Validation.Criterion)),
        notFinite: e => Logged(() => NotFinite(e.Step, e.Term, e.Value)),
        ended: e => Logged(() => Ended(e.Result.Run, e.Result.Outcome, e.Result.Epochs, e.Result.Test.Criterion)));

    private static bool Logged(Action log)
    {
        log();
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Training {Run}: {Examples} examples, {Parameters} parameters, {Route}")]
    private partial void Started(string run, long examples, long parameters, string route);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Epoch {Epoch}: {Train:0.00} nats per example, validation {Validation:0.00}")]
    private partial void Epoch(int epoch, double train, double validation);

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Step}: {Term} is {Value}")]
    private partial void NotFinite(long step, string term, double value);

    [LoggerMessage(
        Level = LogLevel.Information, Message = "{Run} ended ({Outcome}) after {Epochs} epochs: test {Test:0.00} nats per example")]
    private partial void Ended(string run, Outcome outcome, int epochs, double test);
}
