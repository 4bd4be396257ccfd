namespace Vae;

/// <summary>The distribution p(z), or p(z|c).</summary>
[Closed]
public abstract partial record Prior
{
    /// <summary>A distribution that an application defines.</summary>
    /// <param name="Definition">Its formulas. A file keeps its name and its settings.</param>
    public sealed partial record Custom(IPrior Definition) : Prior;

    /// <summary>The formulas of this distribution.</summary>
    /// <returns>This record, or the definition of a <see cref="Custom"/> one.</returns>
    public IPrior Formulas() => this is Custom custom ? custom.Definition : (IPrior)this;
}
