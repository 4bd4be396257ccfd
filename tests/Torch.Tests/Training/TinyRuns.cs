namespace Vae.Torch.Tests;

/// <summary>Runs that end within a second.</summary>
internal static class TinyRuns
{
    public static readonly Shape Input = Shape.Image(1, 28, 28);

    public static DataSplit Digits(int count = 256)
    {
        var all = EmbeddedDigits.Load(new(Limit: count));
        return all with { Test = all.Test.Take([.. Enumerable.Range(0, 128)]) };
    }

    public static Experiment Of(VaeSpec model, Objective? objective = null, int epochs = 2, Binarization? binarization = null) =>
        TrainRecipes.Default(model, EmbeddedDigits.Name, epochs).With(
            objective: objective, data: new(EmbeddedDigits.Name, binarization ?? Binarizations.None));

    public static TrainResult Train(Experiment experiment, DataSplit data, string to, StepRoute route = StepRoute.Auto) =>
        Trainer.Train(experiment, data, new(to, Threads: 1, Route: route));
}
