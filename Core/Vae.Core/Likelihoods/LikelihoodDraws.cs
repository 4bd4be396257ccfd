namespace Vae;

public static partial class Likelihoods
{
    /// <summary>
    /// Draws x ~ p(x|z), as a function of uniform numbers. [B, …], [B, …] → [B, C, …], without a mask. Families conditioned on totals are
    /// drawn for the mean total of the training data.
    /// </summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="uniforms">Numbers in (0, 1), as of <see cref="Uniforms"/>.</param>
    /// <param name="state">The tensors of the likelihood; null if it has none.</param>
    /// <exception cref="NotSupportedException">The likelihood is one of an application that has no draws.</exception>
    /// <example>
    /// <code>
    /// Likelihood counts = Likelihoods.Poisson();
    /// NdArray uniforms = Likelihoods.Uniforms(counts, Shape.Vector(3), 1, KeyedRandom.FromSeed(1));
    /// NdArray x = Likelihoods.Draw(counts, NdArray.Full(2, 1, 3), uniforms); // three counts with mean e²
    /// </code>
    /// </example>
    public static NdArray Draw(Likelihood likelihood, NdArray outputs, NdArray uniforms, PartState<NdArray>? state = null) =>
        likelihood.Formulas().Draw(state ?? PartState<NdArray>.Empty, outputs, uniforms);

    /// <summary>The uniform numbers of draws, as a function of a random key. [count, …].</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="input">The shape of one example, including its mask.</param>
    /// <param name="count">Number of examples; ≥ 0.</param>
    /// <param name="random">The generator.</param>
    public static NdArray Uniforms(Likelihood likelihood, Shape input, int count, KeyedRandom random)
    {
        var shape = likelihood.Formulas().Uniforms(input);
        var values = new double[checked(count * (int)shape.Size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = random.Inner(i);
        return NdArray.FromValues(values, [count, .. shape.Dims]);
    }

    /// <summary>The x at which p(x|z) is greatest, for each value. [B, …] → [B, C, …], without a mask.</summary>
    /// <param name="likelihood">The likelihood.</param>
    /// <param name="outputs">The decoder's outputs, [B, …].</param>
    /// <param name="state">The tensors of the likelihood; null if it has none.</param>
    /// <exception cref="NotSupportedException">The likelihood is one of an application that has no mode.</exception>
    public static NdArray Mode(Likelihood likelihood, NdArray outputs, PartState<NdArray>? state = null) =>
        likelihood.Formulas().Mode(state ?? PartState<NdArray>.Empty, outputs);
}
