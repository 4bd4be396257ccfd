namespace Vae;

public abstract partial record Posterior
{
    /// <summary>
    /// N(μ, diag σ²) transformed by a sequence of flows. The encoder outputs μ, ln σ² and then the parameters of each flow; Rezende &amp;
    /// Mohamed 2015.
    /// </summary>
    /// <param name="Steps">At least one flow, each of which draws in one pass.</param>
    public sealed partial record Transformed(ValueList<Flow> Steps) : Posterior, IPosterior
    {
        string IPart<IPosterior>.Name => $"diagonal normal through flows ({Flows.Names(Steps)})";

        long IPosterior.Outputs(int latent) => Count(latent);

        // The mean and variance after the flows have no closed form.
        bool IPosterior.HasMoments => false;

        ValueList<Parameter> IPosterior.Learned(int latent) => Flows.Learned(Steps, latent, inPosterior: true);

        ValueList<Problem> IPosterior.Problems(int latent, string path) =>
            Flows.Problems(Steps, latent, inPosterior: true, $"{path}.steps");

        /// <summary>The image of the base distribution's mean under the flows.</summary>
        T IPosterior.Mean<T>(PartState<T> state, T outputs) =>
            Flows.Forward(Steps, Normals.Mu(Base(outputs)), Context(outputs), state).Z;

        /// <summary>The log-variance of the base distribution.</summary>
        T IPosterior.LogVariance<T>(PartState<T> state, T outputs) => Normals.LogVar(Base(outputs));

        PosteriorDraw<T> IPosterior.Draw<T>(PartState<T> state, T outputs, T noise)
        {
            var q = Base(outputs);
            var start = Reparameterizations.Normal(Normals.Mu(q), Normals.LogVar(q), noise);
            var end = Flows.Forward(Steps, start, Context(outputs), state);
            return new(end.Z, Normals.LogDensity(start, Normals.Mu(q), Normals.LogVar(q)) - end.LogDeterminant);
        }

        T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z)
        {
            if (!Flows.HaveInverse(Steps))
                return null;
            var q = Base(outputs);
            var start = Flows.Inverse(Steps, z, Context(outputs), state);
            return Normals.LogDensity(start.Z, Normals.Mu(q), Normals.LogVar(q)) + start.LogDeterminant;
        }

        private long Count(int latent) => 2L * latent + Flows.Outputs(Steps, latent);

        private T Base<T>(T outputs) where T : struct, ITensor<T> => T.Slice(outputs, 1, 0, 2 * Latent(outputs.Dims[1]));

        private T? Context<T>(T outputs) where T : struct, ITensor<T>
        {
            var start = 2 * Latent(outputs.Dims[1]);
            return start == outputs.Dims[1] ? null : T.Slice(outputs, 1, start, outputs.Dims[1] - start);
        }

        // There are a + b·D outputs, with integers a and b that depend on the flows only.
        private int Latent(int outputs)
        {
            long none = Count(0), each = Count(1) - none;
            return (int)((outputs - none) / each);
        }
    }
}

public static partial class Posteriors
{
    /// <summary>N(μ, diag σ²) transformed by a sequence of flows.</summary>
    /// <param name="flows">At least one flow, each of which draws in one pass.</param>
    public static Posterior Transformed(ValueList<Flow> flows) => new Posterior.Transformed(flows);
}
