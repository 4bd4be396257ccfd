namespace Vae;

/// <summary>The family of p(x|z).</summary>
[Closed]
public abstract partial record Likelihood
{
    /// <summary>A family that an application defines.</summary>
    /// <param name="Definition">Its formulas. A file keeps its name and its settings.</param>
    public sealed partial record Custom(ILikelihood Definition) : Likelihood;

    /// <summary>The formulas of this family.</summary>
    /// <returns>This record, or the definition of a <see cref="Custom"/> one.</returns>
    public ILikelihood Formulas() => this is Custom custom ? custom.Definition : (ILikelihood)this;
}
