using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>Random runs without problems.</summary>
public static partial class Generators
{
    /// <summary>Runs.</summary>
    public static Arbitrary<Experiment> Experiments() => Arb.From(Experiment());

    /// <summary>Schedules.</summary>
    public static Arbitrary<Schedule> AllSchedules() => Arb.From(Schedule(3));

    /// <summary>Schedules nested to a depth.</summary>
    /// <param name="depth">The maximum depth of schedules within schedules; ≥ 0.</param>
    public static Gen<Schedule> Schedule(int depth) => Gen.OneOf([
        Number(0, 4).Select(Schedules.Constant),
        Ramp(Schedules.Linear), Ramp(Schedules.Cosine),
        from ends in Ends from period in Number(0.1, 5) from ramp in Number(0.1, 1)
        select Schedules.Cyclical(ends.From, ends.To, period, ramp),
        from ends in Ends from epochs in Number(0.1, 5) from steep in Number(0.1, 40)
        select Schedules.Sigmoid(ends.From, ends.To, epochs, steep),
        .. depth == 0 ? Array.Empty<Gen<Schedule>>() : [
            from first in Schedule(depth - 1) from epochs in Number(0.1, 5) from next in Schedule(depth - 1)
            select Schedules.Then(first, epochs, next),
            from cycle in Schedule(depth - 1)
            from period in Number(0.1, 5)
            from growth in Gen.Elements(1, 1.3, 2)
            select Schedules.Restarts(cycle, period, growth)]]);

    /// <summary>Runs with any model, objective, data and training settings that fit each other.</summary>
    public static Gen<Experiment> Experiment() =>
        from model in Varied
        from objective in ObjectiveOf(model)
        from data in Data
        from train in Train(objective, data)
        from varied in Gen.Frequency((9, Gen.Constant(model)), (1, OverSteps(model)))
        let run = new Experiment(varied, objective, data, train)
        // What couples the examples of a batch is trained in one shard.
        select Specs.Problems(run).Any(problem => problem.Path == "train.shards") ? run.With(train: train.With(shards: 1)) : run;

    private static Gen<(double From, double To)> Ends => from a in Number(0, 2) from b in Number(0, 2) select (a, b);

    private static Gen<Schedule> Ramp(Func<double, double, double, Schedule> make) =>
        from ends in Ends from epochs in Number(0.1, 5) select make(ends.From, ends.To, epochs);

    private static Gen<DataSpec> Data =>
        from source in Gen.Elements("digits", "mnist", "data/faces ö.npz", "日本/𝄞", "\"\\\t\u0001</script>")
        from binarization in Gen.OneOf(
            Gen.Elements(Binarizations.None, Binarizations.Stochastic), Number(0, 0.999).Select(Binarizations.Threshold))
        from validation in Number(0, 0.9)
        from limit in Gen.Choose(0, 1000)
        from excluded in Gen.Elements<ValueList<string>>([], ["3"], ["Ankle boot", "日本"])
        from schema in Gen.Frequency((3, Gen.Constant(TableSchema.None)), (1, Schema))
        from windows in Gen.Frequency((2, Gen.Constant(WindowSpec.None)), (1, Windows))
        select schema.IsTable
            ? new DataSpec($"{source}.csv", Binarizations.None, validation, limit, excluded, RawValues: true,
                Schema: windows.IsUsed ? windows.Unrolled(schema) : schema, Windows: windows)
            : new DataSpec(source, binarization, validation, limit, excluded, Split: Splits[limit % Splits.Count]);

    private static readonly ValueList<SplitRule> Splits =
        [SplitRules.Shuffled, SplitRules.Stratified, SplitRules.Grouped("patients ö.txt"), SplitRules.Given("日本")];

    private static Gen<WindowSpec> Windows =>
        from steps in Gen.Choose(1, 3) from stride in Gen.Choose(1, 3) from grouped in Gen.Elements("", "machine")
        select new WindowSpec(steps, stride, "time", grouped);

    /// <summary>Distributions of initial weights.</summary>
    public static Arbitrary<WeightScheme> AllWeightSchemes() => Arb.From(WeightSchemeChoice);

    private static Gen<WeightScheme> WeightSchemeChoice =>
        Gen.OneOf(
            Gen.Elements(WeightSchemes.LeCun, WeightSchemes.Glorot, WeightSchemes.He, WeightSchemes.Orthogonal),
            Number(1e-4, 1).Select(WeightSchemes.Uniform));

    private static Gen<Initialization> InitializationChoice =>
        from weights in WeightSchemeChoice
        from zero in Gen.Elements(true, false) from ofData in Gen.Elements(true, false)
        select new Initialization(weights, zero, ofData);

    private static Gen<TrainSpec> Train(Objective objective, DataSpec data)
    {
        var settled = Objectives.Settled(objective);
        var min = double.IsFinite(settled) ? Math.Max(1, (int)Math.Ceiling(settled)) : 1;
        return
            from epochs in Gen.Choose(min, min + 20)
            from batch in Gen.Choose(1, 64)
            from seed in Gen.OneOf(Gen.Choose(0, 9).Select(i => (ulong)i), Gen.Elements(ulong.MaxValue, 1UL << 53 | 1))
            from beta in Number(0, 0.999)
            from small in Number(1e-9, 1e-3)
            from optimizer in Gen.Elements(
                Optimizers.Adam(), Optimizers.Adam(beta, 0.99, small), Optimizers.AdamW(small), Optimizers.AdamW(small, beta, beta, small),
                Optimizers.Sgd(), Optimizers.Sgd(beta))
            from rate in Schedule(1)
            from max in Number(0.1, 10)
            from clipping in Gen.Elements(
                Clippings.None, Clippings.Norm(max), Clippings.Skip(4 * max), Clippings.Skip(4 * max, Clippings.Norm(max)))
            from averaging in Gen.Elements(Averagings.None, Averagings.Exponential(Math.Max(beta, 1e-6)))
            from patience in Gen.Choose(1, 9)
            from stopping in Gen.Elements(
                Stoppings.Never,
                data.Validation > 0 ? Stoppings.Patience(patience) : Stoppings.Never,
                data.Validation > 0 ? Stoppings.Plateau(patience, Math.Max(beta, 0.01), patience) : Stoppings.Never)
            from initialization in InitializationChoice
            from shards in Gen.Choose(1, Math.Min(batch, 8))
            select new TrainSpec(epochs, batch, seed, optimizer, rate, clipping, averaging, stopping, initialization, shards);
    }
}
