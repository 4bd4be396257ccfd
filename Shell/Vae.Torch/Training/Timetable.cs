namespace Vae.Torch;

/// <summary>What each step of a run is given: a function of its number alone.</summary>
internal sealed class Timetable(Experiment experiment, long stepsPerEpoch)
{
    /// <summary>Loss values cost time that gradients do not need: every fourth step is enough for a mean and a guard.</summary>
    public const int MeasureEvery = 4;

    /// <summary>The learning rate is that of the schedule, <paramref name="rate"/> times.</summary>
    public StepInputs At(long step, double rate)
    {
        var (epoch, place) = Math.DivRem(step, stepsPerEpoch);
        var time = epoch + place / (double)stepsPerEpoch;
        return new(step, rate * Schedules.At(experiment.Train.LearningRate, time), Objectives.BetaAt(experiment.Objective, time), time, place % MeasureEvery == 0);
    }
}
