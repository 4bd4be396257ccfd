namespace Vae;

/// <summary>Objectives by name, and what each means: an objective is added here, in <see cref="Objective"/> and in a file of its own.</summary>
public static class Objectives
{
    /// <summary>The evidence lower bound of Kingma &amp; Welling 2014.</summary>
    public static Objective Elbo { get; } = new Objective.Elbo(Schedules.Constant(1));

    /// <summary>The bound with a weight on the divergence; Higgins et al. 2017.</summary>
    public static Objective Beta(double beta) => new Objective.Elbo(Schedules.Constant(beta));

    /// <summary>The bound with a scheduled weight on the divergence.</summary>
    public static Objective Beta(Schedule beta) => new Objective.Elbo(beta);

    /// <summary>The importance-weighted bound with k samples; Burda et al. 2016.</summary>
    public static Objective ImportanceWeighted(int samples) => new Objective.ImportanceWeighted(samples);

    /// <summary>−ln p(x|z) alone.</summary>
    public static Objective Reconstruction { get; } = new Objective.Reconstruction();

    /// <summary>An objective of your own.</summary>
    public static Objective Custom(IObjective definition) => new Objective.Custom(definition);

    /// <summary>What it means.</summary>
    public static IObjective Meaning(Objective objective) => objective.Match<IObjective>(
        elbo: _ => new ElboObjective(),
        importanceWeighted: i => new ImportanceWeightedObjective(i.Samples),
        reconstruction: _ => new ReconstructionObjective(),
        custom: c => c.Definition);

    /// <summary>Its name for people.</summary>
    public static string Name(Objective objective) => Meaning(objective).Name;

    /// <summary>When the weight on the divergence no longer changes, in epochs; 0 for an objective without one.</summary>
    public static double Settled(Objective objective) =>
        objective.Match(elbo: e => Schedules.Settled(e.Beta), importanceWeighted: _ => 0, reconstruction: _ => 0, custom: _ => 0);

    /// <summary>The weight on the divergence at a time in epochs: 1 in the importance-weighted bound, 0 where there is no divergence.</summary>
    public static double BetaAt(Objective objective, double epoch) =>
        objective.Match(elbo: e => Schedules.At(e.Beta, epoch), importanceWeighted: _ => 1, reconstruction: _ => 0, custom: _ => 1);
}
