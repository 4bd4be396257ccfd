namespace Vae;

/// <summary>The operations of layers on sequences [B, channels, 1, steps], for any carrier.</summary>
internal static class Sequences
{
    /// <summary>
    /// A convolution: y[b, o, t] = bias[o] + Σ weight[o, c, k] x[b, c, t·stride + k − padding]. [B, C, 1, N] → [B, O, 1, M].
    /// </summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="x">The sequences.</param>
    /// <param name="weight">[O, C, K].</param>
    /// <param name="bias">[O].</param>
    /// <param name="stride">≥ 1.</param>
    /// <param name="padding">Zeros on each side; ≥ 0.</param>
    public static T Convolve<T>(T x, T weight, T bias, int stride, int padding) where T : struct, ITensor<T>
    {
        var (outputs, kernel, padded) = (weight.Dims[0], weight.Dims[2], Padded(x, padding));
        var flat = T.Transpose(T.Reshape(weight, outputs, weight.Dims[1] * kernel));
        return Joined(Enumerable.Range(0, (padded.Dims[3] - kernel) / stride + 1).Select(t =>
            AsStep(T.MatMul(T.Reshape(T.Slice(padded, 3, t * stride, kernel), x.Dims[0], weight.Dims[1] * kernel), flat) + Row(bias))));
    }

    /// <summary>
    /// The transpose of a convolution: y[b, o, i·stride + k − padding] = bias[o] + Σ weight[c, o, k] x[b, c, i]. [B, C, 1, N] → [B, O, 1,
    /// M].
    /// </summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="x">The sequences.</param>
    /// <param name="weight">[C, O, K].</param>
    /// <param name="bias">[O].</param>
    /// <param name="stride">≥ 1.</param>
    /// <param name="padding">Steps removed from each side; ≥ 0.</param>
    /// <param name="outputPadding">Steps added at the end; ≥ 0.</param>
    public static T ConvolveTransposed<T>(T x, T weight, T bias, int stride, int padding, int outputPadding) where T : struct, ITensor<T>
    {
        var (steps, kernel) = (x.Dims[3], weight.Dims[2]);
        T Product(int i, int k) =>
            T.MatMul(Step(x, i), T.Reshape(T.Slice(weight, 2, k, 1), weight.Dims[0], weight.Dims[1]));
        T At(int t) => (from i in Enumerable.Range(0, steps)
                        let k = t + padding - i * stride
                        where k >= 0 && k < kernel
                        select Product(i, k)).Aggregate(0.0 * Product(0, 0) + Row(bias), (sum, product) => sum + product);
        return Joined(Enumerable.Range(0, (steps - 1) * stride - 2 * padding + kernel + outputPadding).Select(t => AsStep(At(t))));
    }

    /// <summary>
    /// The states of a gated recurrent unit from 0: h ← (1 − z)·n + z·h with r = σ(Wᵣx + Uᵣh), z = σ(W_z x + U_z h) and n = tanh(Wₙx +
    /// r·(Uₙh)), all with biases. A step whose mask channels are all 0 leaves h as it is. [B, C, 1, N] → [B, H, 1, N]; Cho et al. 2014,
    /// section 2.3, with the reset gate after the product.
    /// </summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="x">The sequences.</param>
    /// <param name="weights">Of input and state, the rows of r, z and n one after the other.</param>
    /// <param name="maskChannels">How many of the last channels are a mask; 0 for none.</param>
    public static T Gru<T>(T x, GruWeights<T> weights, int maskChannels = 0) where T : struct, ITensor<T>
    {
        var width = weights.State.Dims[1];
        T wide = T.Transpose(weights.Input), back = T.Transpose(weights.State), given = Row(weights.InputBias), own = Row(weights.StateBias);
        T Third(T all, int which) => T.Slice(all, 1, which * width, width);
        var states = new List<T>();
        for (var t = 0; t < x.Dims[3]; t++)
        {
            var at = Step(x, t);
            var input = T.MatMul(at, wide) + given;
            var h = states.Count == 0 ? 0.0 * Third(input, 0) : states[^1];
            var state = T.MatMul(h, back) + own;
            T reset = T.Sigmoid(Third(input, 0) + Third(state, 0)), keep = T.Sigmoid(Third(input, 1) + Third(state, 1));
            var fresh = T.Tanh(Third(input, 2) + reset * Third(state, 2));
            var next = fresh + keep * (h - fresh);
            states.Add(maskChannels == 0 ? next : h + Present(at, maskChannels) * (next - h));
        }
        return Joined(states.Select(AsStep));
    }

    // 1 for a row with a mask channel that is 1, else 0: [B, C] → [B, 1].
    private static T Present<T>(T at, int maskChannels) where T : struct, ITensor<T>
    {
        var seen = T.Reshape(T.Sum(T.Slice(at, 1, at.Dims[1] - maskChannels, maskChannels), 1), at.Dims[0], 1);
        return 0.5 * (1.0 + T.Sign(seen - 0.5));
    }

    private static T Step<T>(T x, int t) where T : struct, ITensor<T> => T.Reshape(T.Slice(x, 3, t, 1), x.Dims[0], x.Dims[1]);

    private static T AsStep<T>(T x) where T : struct, ITensor<T> => T.Reshape(x, x.Dims[0], x.Dims[1], 1, 1);

    private static T Row<T>(T bias) where T : struct, ITensor<T> => T.Reshape(bias, 1, bias.Dims[0]);

    private static T Joined<T>(IEnumerable<T> steps) where T : struct, ITensor<T> => steps.Aggregate((a, b) => T.Concat(a, b, 3));

    private static T Padded<T>(T x, int padding) where T : struct, ITensor<T>
    {
        var zero = 0.0 * T.Slice(x, 3, 0, 1);
        for (var i = 0; i < padding; i++)
            x = T.Concat(T.Concat(zero, x, 3), zero, 3);
        return x;
    }
}

/// <summary>The tensors of a gated recurrent unit of H states over C channels.</summary>
/// <typeparam name="T">The tensor type.</typeparam>
/// <param name="Input">[3·H, C].</param>
/// <param name="InputBias">[3·H].</param>
/// <param name="State">[3·H, H].</param>
/// <param name="StateBias">[3·H].</param>
internal readonly record struct GruWeights<T>(T Input, T InputBias, T State, T StateBias) where T : struct, ITensor<T>;
