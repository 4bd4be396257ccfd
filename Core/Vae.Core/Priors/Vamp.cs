namespace Vae;

public abstract partial record Prior
{
    /// <summary>
    /// The mean of the posteriors q(z|uₖ) of learned examples uₖ, for diagonal normal posteriors of models without a condition; Tomczak
    /// &amp; Welling 2018, eq. 11.
    /// </summary>
    /// <remarks>
    /// Nothing keeps the components near 0. A model of binary images first learns their mean and moves the codes as far as that
    /// helps; if tanh layers saturate on the way, no gradient is left. Choose ReLU or a similar activation.
    /// </remarks>
    /// <param name="Components">Number of learned examples; ≥ 1.</param>
    public sealed partial record Vamp(int Components) : Prior, IPrior
    {
        string IPart<IPrior>.Name => $"VampPrior of {Components} examples";

        int IPrior.Noise(int latent) => latent + 2 * Components;

        ValueList<Parameter> IPrior.Learned(int latent, Shape input) =>
            [new(PriorStates.PseudoInputs, new([Components, .. input.Dims]), new(0.5, 0.5), true)];

        ValueList<Problem> IPrior.Problems(int latent, string path) => Mixtures.Problems(path, Components);

        T IPrior.LogDensity<T>(PartState<T> state, T z)
        {
            var q = state[PriorStates.PseudoOutputs];
            return Stable.LogMeanExp(Mixtures.LogDensities(z, Normals.Mu(q), Normals.LogVar(q)), 1);
        }

        T IPrior.Sample<T>(PartState<T> state, T noise)
        {
            var q = state[PriorStates.PseudoOutputs];
            return Mixtures.Sample(T.Reshape(0.0 * T.Sum(q, 1), 1, Components), Normals.Mu(q), Normals.LogVar(q), noise);
        }
    }
}

public static partial class Priors
{
    /// <summary>VampPrior: the mean of the posteriors of learned examples (pseudo-inputs); Tomczak &amp; Welling 2018.</summary>
    /// <param name="components">Number of learned examples; ≥ 1.</param>
    /// <example>
    /// <code>
    /// var model = Zoo.Mlp(Shape.Image(1, 28, 28)).With(prior: Priors.Vamp(500));
    /// </code>
    /// </example>
    public static Prior Vamp(int components) => new Prior.Vamp(components);
}
