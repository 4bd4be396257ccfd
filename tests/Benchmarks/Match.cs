namespace Vae.Benchmarks;

/// <summary>A model to train, in the three ways that are compared.</summary>
/// <param name="Name">As the command line and the JSON call it.</param>
/// <param name="Title">For people.</param>
/// <param name="Spec">The model.</param>
/// <param name="Objective">What it is trained on.</param>
/// <param name="Batch">Images a step.</param>
/// <param name="Baseline">The same model, written with TorchSharp alone.</param>
/// <param name="Floor">The matrix products of one step.</param>
internal sealed record Match(string Name, string Title, VaeSpec Spec, Objective Objective, int Batch, Func<Baseline> Baseline,
    Func<Action> Floor)
{
    public static Shape Image { get; } = Shape.Image(1, 28, 28);

    public static ValueList<Match> All { get; } =
    [
        new("M1", "784-400-20-400-784, batch 128", Zoo.Mlp(Image), Objectives.Elbo, 128, Benchmarks.Baseline.Mlp, Roofline.Mlp),
        new("M2", "convolutions 32 and 64, latent 16, batch 128", Zoo.Conv(Image), Objectives.Elbo, 128,
            Benchmarks.Baseline.Conv, Roofline.Conv),
        new("M3k1", "784-200-200-50, tanh, batch 20", Zoo.Burda(Image), Objectives.Elbo, 20, () => Benchmarks.Baseline.Burda(1),
            () => Roofline.Burda(1)),
        new("M3k50", "the same, 50 importance samples", Zoo.Burda(Image), Objectives.ImportanceWeighted(50), 20,
            () => Benchmarks.Baseline.Burda(50), () => Roofline.Burda(50)),
    ];

    public static Match Find(string name) => All.FirstOrDefault(match => match.Name == name)
        ?? throw new UsageException(
            $"--models: must be of {string.Join(",", All.Select(match => match.Name))}, got {(name.Length == 0 ? "nothing" : name)}");
}
