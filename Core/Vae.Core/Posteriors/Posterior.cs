namespace Vae;

/// <summary>The family of q(z|x).</summary>
[Closed]
public abstract partial record Posterior
{
    /// <summary>A family that an application defines.</summary>
    /// <param name="Definition">Its formulas. A file keeps its name and its settings.</param>
    public sealed partial record Custom(IPosterior Definition) : Posterior;

    /// <summary>The formulas of this family.</summary>
    /// <returns>This record, or the definition of a <see cref="Custom"/> one.</returns>
    public IPosterior Formulas() => this is Custom custom ? custom.Definition : (IPosterior)this;
}
