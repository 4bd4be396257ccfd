namespace Vae;

/// <summary>What training minimizes, in nats per example.</summary>
[Closed]
public abstract partial record Objective
{
    /// <summary>The formulas of this objective.</summary>
    /// <returns>This record, or the definition of a <see cref="Custom"/> one.</returns>
    public IObjective Formulas() => this is Custom custom ? custom.Definition : (IObjective)this;

    /// <summary>An objective defined by an application.</summary>
    /// <param name="Definition">Its formulas; a file keeps its name and its settings.</param>
    public sealed partial record Custom(IObjective Definition) : Objective;
}
