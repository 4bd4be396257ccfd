namespace Vae;

/// <summary>
/// What the components of a model without problems know in closed form, found by evaluating them on arrays of zeros: a formula
/// that is not known returns null.
/// </summary>
internal static class Capabilities
{
    // Above this, evaluating would cost more than a training step. The answer is then yes, and training reports what is missing.
    private const long MaxValues = 1 << 18;

    /// <summary>Whether ln q(z|x) is known at any z.</summary>
    public static bool KnowsDensity(VaeSpec model) => Ask(model, (q, state, outputs, z) => q.LogDensity(state, outputs, z) is not null);

    /// <summary>Whether ln q(zᵢ|x) of each latent is known at any z.</summary>
    public static bool KnowsDensityPerLatent(VaeSpec model) =>
        Ask(model, (q, state, outputs, z) => q.LogDensityPerLatent(state, outputs, z) is not null);

    /// <summary>Whether the KL of each latent is known in closed form, at least given a draw of the others.</summary>
    public static bool KnowsKl(VaeSpec model) => Ask(model, (q, state, outputs, z) =>
        q.KlPerLatentAt(state, outputs, z, model.Prior.Formulas().Form(PriorState(model, outputs))) is not null);

    private static bool Ask(VaeSpec model, Func<IPosterior, PartState<NdArray>, NdArray, NdArray, bool> question)
    {
        var posterior = model.Posterior.Formulas();
        var (learned, outputs) = (posterior.Learned(model.Latent), posterior.Outputs(model.Latent));
        return outputs + learned.Sum(p => p.Shape.Size) > MaxValues
            || question(posterior, PosteriorState(model, posterior), NdArray.Full(0, 1, (int)outputs), NdArray.Full(0, 1, model.Latent));
    }

    private static PartState<NdArray> PosteriorState(VaeSpec model, IPosterior posterior)
    {
        var prior = model.Prior.Formulas();
        return State([
            .. posterior.Learned(model.Latent),
            .. prior.Learned(model.Latent, model.Input).Select(p => p.With(name: $"{PosteriorStates.Prior}.{p.Name}"))], [
            .. posterior.Networks(model.Latent),
            .. prior.Networks(model.Latent).Select(n => n.With(name: $"{PosteriorStates.Prior}.{n.Name}"))]);
    }

    private static PartState<NdArray> PriorState(VaeSpec model, NdArray outputs)
    {
        var own = State(model.Prior.Formulas().Learned(model.Latent, model.Input), []);
        return new(name => name switch
        {
            PriorStates.Outputs => NdArray.Full(0, 1, 2 * model.Latent),
            PriorStates.PseudoOutputs => outputs,
            _ => own[name],
        });
    }

    private static PartState<NdArray> State(ValueList<Parameter> learned, ValueList<PartNetwork> networks) => new(
        name =>
        {
            var parameter = learned.First(p => p.Name == name);
            return NdArray.Full(parameter.Initial.Centre, [.. parameter.Shape.Dims]);
        },
        run: (name, rows, _) => NdArray.Full(0, [rows.Dims[0], .. networks.First(n => n.Name == name).Output.Dims]));
}
