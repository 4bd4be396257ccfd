using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// Codes examples with a model: bits that choose a code z from q(z|x) are taken from what is coded already, then x is coded under p(x|z)
/// and z under p(z), so that an example takes −ELBO on average; Townsend et al. 2019. Passes are of one example at a time, in both
/// directions, since a product may round differently for other sizes.
/// </summary>
internal sealed class BitsBack
{
    // Probabilities of values below 2⁻²⁴ are raised to it.
    private const int MassBits = 24;

    // Numbers that a likelihood gives at once when its levels are many.
    private const long AtOnce = 1 << 20;

    private readonly VaeModel model;
    private readonly double[] levels;
    private readonly (double Mu, double Sigma)[] prior;

    /// <summary>A coder for a model.</summary>
    /// <exception cref="VaeException">The model has a part whose probabilities cannot be coded.</exception>
    public BitsBack(VaeModel model)
    {
        var spec = model.Spec;
        RowBatches.RequireNoCondition(model);
        VaeException.Require(spec.Posterior is Posterior.DiagonalNormal, "model.posterior", "must be diagonal normal to compress",
            spec.Posterior.Formulas().Name);
        levels = [.. spec.Likelihood.Formulas().Levels];
        VaeException.Require(levels.Length > 0, "model.likelihood",
            "must give a probability to each of finitely many values to compress, as bernoulli (with binarized data), categorical, "
                + "discretized-logistic, ordinal and beta-binomial do",
            spec.Likelihood.Formulas().Name);
        this.model = model;
        prior = Prior(model);
    }

    /// <summary>Number of values of an example.</summary>
    public int Width => (int)model.Spec.Input.Size;

    /// <summary>The places of an example's values among the levels.</summary>
    /// <param name="rows">Examples, [N, values].</param>
    /// <param name="row">The example.</param>
    /// <exception cref="VaeException">A value is no level.</exception>
    public int[] Symbols(float[,] rows, int row)
    {
        var symbols = new int[Width];
        for (var j = 0; j < symbols.Length; j++)
        {
            var value = rows[row, j];
            var place = Array.BinarySearch(levels, value);
            symbols[j] = place >= 0 ? place : Nearest(value, ~place);
            VaeException.Require(symbols[j] >= 0, $"rows[{row}, {j}]",
                $"must be one of the {levels.Length} values that the likelihood gives a probability", value);
        }
        return symbols;
    }

    /// <summary>Pushes an example.</summary>
    public void Push(SymbolStack stack, int[] symbols)
    {
        using var scope = NewDisposeScope();
        var q = Posterior(symbols);
        var bins = new int[q.Length];
        for (var i = 0; i < bins.Length; i++)
            bins[i] = NormalBins.Pop(stack, q[i].Mu, q[i].Sigma);
        var starts = Starts(bins);
        for (var j = symbols.Length - 1; j >= 0; j--)
            stack.Push(SymbolMasses.Interval(starts[j], symbols[j], MassBits));
        for (var i = bins.Length - 1; i >= 0; i--)
            stack.Push(NormalBins.Interval(bins[i]));
    }

    /// <summary>Removes the example on top; the stack is exhausted if there is none.</summary>
    /// <returns>The places of its values among the levels.</returns>
    public int[] Pop(SymbolStack stack)
    {
        using var scope = NewDisposeScope();
        var bins = new int[prior.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            bins[i] = (int)stack.Peek(NormalBins.Bits);
            stack.Pop(NormalBins.Interval(bins[i]));
        }
        var starts = Starts(bins);
        var symbols = new int[Width];
        for (var j = 0; j < symbols.Length; j++)
        {
            symbols[j] = SymbolMasses.Find(starts[j], stack.Peek(MassBits));
            stack.Pop(SymbolMasses.Interval(starts[j], symbols[j], MassBits));
        }
        var q = Posterior(symbols);
        for (var i = bins.Length - 1; i >= 0; i--)
            stack.Push(NormalBins.Interval(bins[i], q[i].Mu, q[i].Sigma));
        return symbols;
    }

    /// <summary>The values at places among the levels.</summary>
    public float[] Values(int[] symbols) => Array.ConvertAll(symbols, symbol => (float)levels[symbol]);

    // Levels k/255 are not exact in float32.
    private int Nearest(float value, int above)
    {
        var near = above == 0 || (above < levels.Length && levels[above] - value < value - levels[above - 1]) ? above : above - 1;
        return (float)levels[near] == value ? near : -1;
    }

    // μ and σ of each latent, in units in which the prior is N(0, 1).
    private (double Mu, double Sigma)[] Posterior(int[] symbols)
    {
        var x = Values(symbols).ToTensor(model.Device, [1, .. model.Spec.Input.Dims.Select(dim => (long)dim)]);
        return [.. Moments(model.Encode(x.to(model.Weights.Flat.dtype))).Zip(prior, (q, p) =>
            ((q.Mu - p.Mu) / p.Sigma, q.Sigma / p.Sigma))];
    }

    // Of each value, the starts of the intervals of its levels, given the code.
    private uint[][] Starts(int[] bins)
    {
        var code = bins.Select((bin, i) => (float)(prior[i].Mu + prior[i].Sigma * NormalBins.Middle(bin))).ToArray();
        var outputs = model.Decode(code.ToTensor(model.Device, 1, bins.Length).to(model.Weights.Flat.dtype));
        var negLog = Enumerable.Range(0, Width).Select(_ => new double[levels.Length]).ToArray();
        var some = (int)Math.Max(1, AtOnce / outputs.NumberOfElements);
        for (var from = 0; from < levels.Length; from += some)
        {
            using var scope = NewDisposeScope();
            var part = levels[from..Math.Min(levels.Length, from + some)];
            var x = Array.ConvertAll(part, level => (float)level).ToTensor(model.Device, part.Length, 1)
                .expand(part.Length, Width).reshape([part.Length, .. model.Spec.Input.Dims.Select(dim => (long)dim)]);
            var each = Likelihoods.NegLogDensityPerValue<TorchTensor>(model.Spec.Likelihood, TensorExtensions.Repeat(outputs, part.Length),
                x.to(outputs.dtype), model.State("likelihood")).Tensor.ToDoubles();
            for (var i = 0; i < each.Length; i++)
                negLog[i % Width][from + i / Width] = each[i];
        }
        return Array.ConvertAll(negLog, costs => SymbolMasses.Starts(costs, MassBits));
    }

    private static (double Mu, double Sigma)[] Prior(VaeModel model)
    {
        var form = model.Spec.Prior.Formulas().Form(model.PriorState(1));
        VaeException.Require(form.IsStandard || form.Normal is not null, "model.prior", "must be normal, standard or learned, to compress",
            model.Spec.Prior.Formulas().Name);
        return form.Normal is { } normal ? Moments(normal) : [.. Enumerable.Repeat((0.0, 1.0), model.Spec.Latent)];
    }

    private static (double Mu, double Sigma)[] Moments(Tensor outputs)
    {
        var values = outputs.ToDoubles();
        var size = values.Length / 2;
        if (!Array.TrueForAll(values, double.IsFinite))
            throw new VaeException("model: must give finite codes to compress, got a NaN or an infinity");
        return [.. Enumerable.Range(0, size).Select(i => (values[i], Math.Exp(values[size + i] / 2)))];
    }
}
