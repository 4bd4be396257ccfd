namespace Vae;

/// <summary>Objectives by name.</summary>
public static partial class Objectives
{
    /// <summary>An objective defined by an application.</summary>
    /// <param name="definition">Its formulas.</param>
    public static Objective Custom(IObjective definition) => new Objective.Custom(definition);

    /// <summary>The name that tables and messages show.</summary>
    /// <param name="objective">Any objective.</param>
    public static string Name(Objective objective) => objective.Formulas().Name;

    /// <summary>The time after which β and the capacity no longer change, in epochs; 0 if there is neither.</summary>
    /// <param name="objective">Any objective.</param>
    public static double Settled(Objective objective) => objective is IObjectiveCase own ? own.Settled : 0;

    /// <summary>The KL weight β at a time: 1 in the importance-weighted bound, 0 if the loss has no KL term.</summary>
    /// <param name="objective">Any objective.</param>
    /// <param name="epoch">The time since the start of training, in epochs; ≥ 0.</param>
    public static double BetaAt(Objective objective, double epoch) => objective is IObjectiveCase own ? own.BetaAt(epoch) : 1;
}
