namespace Vae.Torch;

/// <summary>Computes the inputs of each step of a run from its number.</summary>
internal sealed class Timetable(Experiment experiment, long stepsPerEpoch)
{
    /// <summary>Interval between measured steps: loss values cost time, and every fourth step is enough for a mean and a guard.</summary>
    public const int MeasureEvery = 4;

    /// <summary>The inputs of a step; the scheduled learning rate is multiplied by <paramref name="rate"/>.</summary>
    public StepInputs At(long step, double rate)
    {
        var (epoch, place) = Math.DivRem(step, stepsPerEpoch);
        var time = epoch + place / (double)stepsPerEpoch;
        return new(
            step, rate * Schedules.At(experiment.Train.LearningRate, time), Objectives.BetaAt(experiment.Objective, time), time,
            place % MeasureEvery == 0);
    }
}
