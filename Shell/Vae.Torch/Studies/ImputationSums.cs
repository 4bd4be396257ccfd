using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Imputes one batch after another and collects the results.</summary>
internal sealed class ImputationSums(VaeModel model, ImputationOptions options, KeyedNoise noise, CancellationToken stop)
{
    private readonly List<double> originals = [], known = [], observed = [], begun = [], imputed = [];
    private readonly List<double>[] drawn = [.. Enumerable.Range(0, options.Draws).Select(_ => new List<double>())];
    private double accepted;
    private int chained;

    /// <summary>Number of examples so far.</summary>
    public int Count { get; private set; }

    /// <summary>Imputes a batch, whose <see cref="ImputationBatch.Observed"/> has the shape of the values.</summary>
    public void Add(ImputationBatch batch, Tensor start)
    {
        var half = batch.Observed.shape[1];
        var isMasked = model.Spec.Likelihood.Formulas().TakesMask;
        var values = isMasked ? batch.X.narrow(1, 0, half) : batch.X;
        // What the data does not have was not observed either.
        var has = isMasked ? batch.X.narrow(1, half, half) : ones_like(batch.X);
        var shown = batch.Observed.mul(has);
        var first = Mixed(values, shown, start);
        var given = new ImputationBatch(values, batch.Condition, shown, batch.Place);
        imputed.AddRange((ImputationRules.Method(model, options) == ImputationMethod.Importance
            ? Weighted(given, isMasked, first) : Chained(given, start)).ToDoubles());
        originals.AddRange(values.ToDoubles());
        known.AddRange(has.ToDoubles());
        observed.AddRange(shown.ToDoubles());
        begun.AddRange(first.ToDoubles());
        Count += (int)batch.X.shape[0];
    }

    /// <summary>All that was imputed.</summary>
    public Imputation Collect(int count, Shape values)
    {
        int[] dims = [count, .. values.Dims];
        NdArray Of(List<double> numbers) => NdArray.FromValues([.. numbers], dims);
        return new(Of(originals), Of(observed), Of(begun), Of(imputed), chained == 0 ? 1 : accepted / chained)
        {
            Known = known.All(value => value == 1) ? null : Of(known),
            Draws = ValueList.From(drawn.Select(Of)),
        };
    }

    // A row that has all of its values is left as it is; rows share no draws, so that others do not depend on it.
    private Tensor Chained(ImputationBatch batch, Tensor start)
    {
        var (result, holes) = (batch.X.clone(), new ImputationRows(batch.Observed, 0, batch.X.shape[0]));
        if (holes.Count == 0)
            return result;
        var chain = new ImputationChain(model, batch.Of(holes), holes, options, noise);
        result.index_copy_(0, holes.Index, chain.Run(holes.Of(start), stop));
        (accepted, chained) = (accepted + chain.Accepted * holes.Count, chained + holes.Count);
        return result;
    }

    private Tensor Weighted(ImputationBatch batch, bool isMasked, Tensor first)
    {
        var result = first.clone();
        // Where the likelihood has no mask, the encoder sees the start value in place of a missing one.
        var x = isMasked ? cat([batch.X.mul(batch.Observed), batch.Observed], 1) : first;
        var rows = ImportanceDraws.Examples(options.Samples);
        for (long at = 0; at < x.shape[0]; at += rows)
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            var holes = new ImputationRows(batch.Observed, at, Math.Min(rows, x.shape[0] - at));
            var values = batch.X.narrow(0, at, holes.All);
            if (holes.Count > 0)
                WeightedPart(batch, holes, x, result.narrow(0, at, holes.All));
            else
                foreach (var of in drawn)
                    of.AddRange(values.ToDoubles());
        }
        return result;
    }

    private void WeightedPart(ImputationBatch batch, ImputationRows holes, Tensor x, Tensor into)
    {
        var (given, key) = (batch.Of(holes), batch.Place * BatchSource.EvaluatedAtOnce + holes.First);
        var eps = PosteriorNoise.Of(model, (int)holes.All, options.Samples, noise, key).index_select(1, holes.Index);
        var draws = ImportanceDraws.Draw(model, new(holes.Of(x), given.Condition, given.Observed), eps);
        into.index_copy_(0, holes.Index, Mixed(
            given.X, given.Observed, Predictions.Predict(model, draws.Outputs, given.Condition, given.Observed)));
        for (var draw = 0; draw < drawn.Length; draw++)
        {
            var random = KeyedRandom.FromSeed(noise.Seed).Fold(key).Fold(draw);
            var filled = batch.X.narrow(0, holes.First, holes.All).clone();
            filled.index_copy_(0, holes.Index, Mixed(given.X, given.Observed, Drawn(draws.Outputs, given, holes, random)));
            drawn[draw].AddRange(filled.ToDoubles());
        }
    }

    // A draw of z by its weight, and of x given it: cells of one row are drawn together.
    private Tensor Drawn(WeightedOutputs outputs, ImputationBatch given, ImputationRows holes, KeyedRandom random)
    {
        float[] uniforms = [.. holes.Numbers.Select(i => (float)random.Uniform(i))];
        var reached = outputs.Weights.cumsum(0).lt(uniforms.ToTensor(model.Device, 1, holes.Count).to(outputs.Weights.dtype));
        var which = reached.to(ScalarType.Float64).sum([0L]).clamp_max(Scalars.Get(outputs.Weights.shape[0] - 1));
        var all = Likelihoods.Uniforms(model.Spec.Likelihood, model.Spec.Input, (int)holes.All, random.Fold(-1));
        return RowDraws.OfOutputs(model, outputs.Pick(which), given.Condition, holes.Of(all)).ToTensor(model.Device, given.X.shape)
            .to(outputs.Weights.dtype);
    }

    private static Tensor Mixed(Tensor values, Tensor observed, Tensor missing) =>
        where(observed.gt(Scalars.Get(0.5)), values, missing);
}
