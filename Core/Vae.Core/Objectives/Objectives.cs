namespace Vae;

/// <summary>Objectives by name; each case stands with its formulas in a file of its own.</summary>
public static partial class Objectives
{
    /// <summary>An objective defined by an application.</summary>
    public static Objective Custom(IObjective definition) => new Objective.Custom(definition);

    /// <summary>Its name for people.</summary>
    public static string Name(Objective objective) => objective.Formulas().Name;

    /// <summary>The time from which on β and the capacity stay the same, in epochs; 0 if there is neither.</summary>
    public static double Settled(Objective objective) => objective is IObjectiveCase own ? own.Settled : 0;

    /// <summary>The KL weight β at a time in epochs: 0 if the loss has no KL.</summary>
    public static double BetaAt(Objective objective, double epoch) => objective is IObjectiveCase own ? own.BetaAt(epoch) : 1;
}
