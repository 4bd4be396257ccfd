namespace Vae.Cli;

/// <summary>What <c>vae train</c> does where nothing is said.</summary>
internal static class Recipes
{
    public const int Batch = 128;

    public const double LearningRate = 2e-3;

    public static Schedule Rate(int epochs) => Schedules.Cosine(LearningRate, 0, Math.Max(epochs, 1));
}
