using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Imputes one batch after another and collects the results.</summary>
internal sealed class ImputationSums(VaeModel model, ImputationOptions options, KeyedNoise noise, CancellationToken stop)
{
    private readonly List<double> originals = [], known = [], observed = [], begun = [], imputed = [];
    private readonly List<double>[] drawn = [.. Enumerable.Range(0, options.Draws).Select(_ => new List<double>())];
    private double accepted;

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
        return new(Of(originals), Of(observed), Of(begun), Of(imputed), accepted / count)
        {
            Known = known.All(value => value == 1) ? null : Of(known),
            Draws = ValueList.From(drawn.Select(Of)),
        };
    }

    private Tensor Chained(ImputationBatch batch, Tensor start)
    {
        var chain = new ImputationChain(model, batch, options, noise);
        var result = chain.Run(start, stop);
        accepted += chain.Accepted * batch.X.shape[0];
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
            var some = Math.Min(rows, x.shape[0] - at);
            var condition = batch.Condition?.narrow(0, at, some);
            var shown = batch.Observed.narrow(0, at, some);
            var draws = ImportanceDraws.Draw(
                model, new(x.narrow(0, at, some), condition, shown),
                options.Samples, noise, batch.Place * BatchSource.EvaluatedAtOnce + at);
            var values = batch.X.narrow(0, at, some);
            result.narrow(0, at, some).copy_(Mixed(values, shown, Predictions.Predict(model, draws.Outputs, condition)));
            for (var draw = 0; draw < drawn.Length; draw++)
            {
                var random = KeyedRandom.FromSeed(noise.Seed).Fold(batch.Place * BatchSource.EvaluatedAtOnce + at).Fold(draw);
                drawn[draw].AddRange(Mixed(values, shown, Drawn(draws.Outputs, condition, random, values.shape)).ToDoubles());
            }
        }
        accepted += x.shape[0];
        return result;
    }

    // A draw of z by its weight, and of x given it: cells of one row are drawn together.
    private Tensor Drawn(WeightedOutputs outputs, Tensor? condition, KeyedRandom random, long[] dims)
    {
        var count = (int)outputs.Weights.shape[1];
        float[] uniforms = [.. Enumerable.Range(0, count).Select(i => (float)random.Uniform(i))];
        var reached = outputs.Weights.cumsum(0).lt(uniforms.ToTensor(model.Device, 1, count).to(outputs.Weights.dtype));
        var which = reached.to(ScalarType.Float64).sum([0L]).clamp_max(Scalars.Get(outputs.Weights.shape[0] - 1));
        return RowDraws.OfOutputs(model, outputs.Pick(which), condition, random.Fold(-1)).ToTensor(model.Device, dims)
            .to(outputs.Weights.dtype);
    }

    private static Tensor Mixed(Tensor values, Tensor observed, Tensor missing) =>
        where(observed.gt(Scalars.Get(0.5)), values, missing);
}
