namespace Vae;

public abstract partial record Sampler
{
    /// <summary>
    /// N(0, I) through flows, fitted by maximum likelihood, for models without a condition; Papamakarios et al. 2017, Dinh et al.
    /// 2017.
    /// </summary>
    /// <param name="Steps">At least one flow, each with an inverse of one pass.</param>
    /// <param name="Training">How the flows are trained.</param>
    public sealed partial record Transformed(ValueList<Flow> Steps, CodeTraining Training) : Sampler
    {
        internal override string Name => $"flows of codes ({Flows.Names(Steps)})";

        internal override ValueList<Problem> Problems(VaeSpec model, string path) => [
            .. Training.Problems($"{path}.training"),
            .. Flows.Problems(Steps, model.Latent, inPosterior: false, $"{path}.steps")];

        internal override ValueList<Problem> Problems(VaeSpec model, int codes, string of, string path) =>
            Rules.If(codes < 1, path, "must have at least one code to fit to", codes);

        private protected override ValueList<Problem> Fits(VaeSpec model, IPosterior posterior, string path) => [
            .. OfReals(model, posterior, path),
            .. Rules.If(model.Condition is not Condition.None, path,
                "must not be a flow in a model with a condition: flows of codes are not conditioned", Name)];
    }
}

public static partial class Samplers
{
    /// <summary>N(0, I) through flows.</summary>
    /// <param name="flows">At least one, each with an inverse of one pass.</param>
    /// <param name="training">How the flows are trained; by Adam if not given.</param>
    public static Sampler Flow(ValueList<Flow> flows, CodeTraining? training = null) =>
        new Sampler.Transformed(flows, training ?? CodeTrainings.Adam());
}
