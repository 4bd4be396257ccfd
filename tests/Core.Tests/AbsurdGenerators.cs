using FsCheck;
using FsCheck.Fluent;

namespace Vae.Tests;

/// <summary>A value of which nothing can be expected.</summary>
public sealed record Absurd<T>(T Value);

/// <summary>Specs of any form with numbers at and beyond every edge.</summary>
public static class AbsurdGenerators
{
    public static Arbitrary<Absurd<VaeSpec>> Models() => Arb.From(Model.Select(spec => new Absurd<VaeSpec>(spec)));

    public static Arbitrary<Absurd<Experiment>> Experiments() => Arb.From(Experiment.Select(run => new Absurd<Experiment>(run)));

    public static Arbitrary<Absurd<DataFacts>> Facts() => Arb.From(
        from shape in AnyShape from count in Int from classes in Int from binary in Gen.Elements(true, false) from given in Int
        select new Absurd<DataFacts>(new(shape, count, classes, binary, given)));

    public static Gen<int> Int { get; } = Gen.OneOf(
        Gen.Elements(int.MinValue, -1, 0, 1, 2, 3, 28, 46341, 65536, 1 << 30, (1 << 30) + 1, int.MaxValue - 1, int.MaxValue),
        Gen.Choose(-3, 12));

    public static Gen<double> Double { get; } = Gen.Elements(
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MinValue, double.MaxValue, -1, -double.Epsilon, -0.0, 0,
        double.Epsilon, 1e-9, 0.5, 1 - 1e-16, 1, 1 + 1e-15, 3, 1e300);

    public static Gen<Schedule> AnySchedule(int depth) => Gen.OneOf([
        Double.Select(Schedules.Constant),
        from a in Double from b in Double from c in Double select Schedules.Linear(a, b, c),
        from a in Double from b in Double from c in Double select Schedules.Cosine(a, b, c),
        from a in Double from b in Double from c in Double from d in Double select Schedules.Cyclical(a, b, c, d),
        from a in Double from b in Double from c in Double from d in Double select Schedules.Sigmoid(a, b, c, d),
        .. depth == 0 ? Array.Empty<Gen<Schedule>>() : [
            from a in AnySchedule(depth - 1) from b in Double from c in AnySchedule(depth - 1) select Schedules.Then(a, b, c),
            from a in AnySchedule(depth - 1) from b in Double from c in Double select Schedules.Restarts(a, b, c)]]);

    public static Gen<Layer> AnyLayer(int depth) => Gen.OneOf([
        Int.Select(Layers.Linear), Int.Select(Layers.GatedLinear),
        from a in Int from b in Int from c in Int from d in Int select Layers.Conv1d(a, b, c, d),
        from a in Int from b in Int from c in Int from d in Int from e in Int select Layers.ConvTranspose1d(a, b, c, d, e),
        from a in Int from b in Int from c in Gen.Elements(true, false) select Layers.Gru(a, b, c),
        from a in Int from b in Int from c in Int select Layers.Sequence(a, b, c),
        from a in Int from b in Int from c in Int from d in Int select Layers.Conv2d(a, b, c, d),
        from a in Int from b in Int from c in Int from d in Int from e in Int from f in Int select Layers.ConvTranspose2d(a, b, c, d, e, f),
        AnyActivation.Select(Layers.Activate),
        from a in Double from b in Double select Layers.BatchNorm(a, b),
        from a in Int from b in Double select Layers.GroupNorm(a, b),
        Double.Select(Layers.LayerNorm), Double.Select(Layers.Dropout),
        Gen.Constant(Layers.Flatten), AnyShape.Select(Layers.Reshape), Int.Select(Layers.Upsample), Int.Select(Layers.ConcatenateCondition),
        .. depth == 0 ? Array.Empty<Gen<Layer>>() : [AnyLayers(depth - 1).Select(Layers.Residual)]]);

    private static Gen<Likelihood> AnyLikelihood(int depth) => Gen.OneOf([
        Double.Select(Likelihoods.Normal), Double.Select(Likelihoods.Beta), Generators.LikelihoodChoice, Generators.ValueFamily,
        Int.Select(Likelihoods.Categorical),
        from components in Int from levels in Int select Likelihoods.DiscretizedLogistic(components, levels),
        from count in Gen.Choose(0, 3)
        from columns in Gen.OneOf(Int.Select(Columns.Categorical), Gen.Constant(Columns.Count), from a in Double from b in Double
            select Columns.Continuous(a, b)).ListOf(count)
        select Likelihoods.OfColumns(ValueList.From(columns)),
        .. depth == 0 ? Array.Empty<Gen<Likelihood>>() : [AnyLikelihood(depth - 1).Select(Likelihoods.Masked)]]);

    private static Gen<Activation> AnyActivation { get; } = Gen.OneOf(
        Gen.Constant(Activations.Relu), Double.Select(Activations.LeakyRelu), Double.Select(Activations.Elu));

    private static Gen<Shape> AnyShape { get; } =
        from count in Gen.Elements(0, 1, 1, 1, 2, 3, 3, 3, 4, 5)
        from dims in Int.ListOf(count)
        select new Shape(ValueList.From(dims));

    private static Gen<Head> AnyHead { get; } = Gen.OneOf(
        Gen.Constant(Heads.Dense),
        from a in Int from b in Int from c in Int select Heads.Conv2d(a, b, c),
        from a in Int from b in Int from c in Int from d in Int from e in Int select Heads.ConvTranspose2d(a, b, c, d, e));

    private static Gen<VaeSpec> Model =>
        from input in Gen.OneOf(AnyShape, Generators.InputShape)
        from latent in Gen.OneOf(Int, Gen.Choose(1, 4))
        from encoder in AnyLayers(2)
        from encoderHead in AnyHead
        from decoder in AnyLayers(2)
        from decoderHead in AnyHead
        from likelihood in AnyLikelihood(2)
        from condition in Gen.OneOf(
            Int.Select(Conditions.Label), Int.Select(Conditions.Vector), Int.Select(Conditions.Quadrants), Generators.ConditionChoice,
            from count in Gen.Choose(0, 3) from classes in Int.ListOf(count) select Conditions.Labels(ValueList.From(classes)))
        from posterior in AnyPosterior
        from priorLayers in AnyLayers(1)
        from prior in AnyPrior(new(priorLayers, encoderHead))
        select new VaeSpec(input, latent, new(encoder, encoderHead), new(decoder, decoderHead),
            posterior, prior, likelihood, condition);

    private static Gen<Posterior> AnyPosterior { get; } = Gen.OneOf(
        Gen.Elements(Posteriors.DiagonalNormal, Posteriors.Point, Posteriors.FullNormal, Posteriors.VonMisesFisher),
        from classes in Int from temperature in AnySchedule(2) select Posteriors.Categorical(classes, temperature),
        from codes in Int from embedding in Int from commitment in Double from decay in Double
        select Posteriors.VectorQuantized(codes, embedding, commitment, decay),
        AnyFlows.Select(Posteriors.Transformed), AnyHierarchy.Select(Posteriors.Hierarchical));

    private static Gen<Prior> AnyPrior(Network network) => Gen.OneOf(
        Gen.Elements(Priors.StandardNormal, Priors.Conditional(network), Priors.LearnedNormal, Priors.Uniform(Supports.Sphere)),
        Int.Select(Priors.Mixture), Int.Select(Priors.Vamp),
        from classes in Int from embedding in Int select (Prior)new Prior.UniformCodebook(classes, embedding),
        from classes in Int from embedding in Int from width in Int
        select (Prior)new Prior.AutoregressiveCodebook(classes, embedding, width),
        AnyFlows.Select(Priors.Transformed),
        from levels in AnyHierarchy from top in Gen.Elements(Priors.StandardNormal, Priors.Conditional(network), Priors.Mixture(-1))
        select Priors.Hierarchical(levels, top));

    private static Gen<Hierarchy> AnyHierarchy =>
        from shape in AnyShape from other in AnyShape from features in Int from layers in AnyLayers(1) from head in AnyHead
        let network = new Network(layers, head)
        let stage = new TopDownStage(shape, layers, network, network, layers)
        from levels in Gen.Elements(
            Hierarchies.BottomUp(shape, [new(other, network, network)]),
            Hierarchies.Ladder(other, [new(shape, features, network, network)]),
            Hierarchies.TopDown(shape, other, [new(network, stage)], stage.With(latent: other)))
        select levels;

    private static Gen<ValueList<Flow>> AnyFlows =>
        from count in Gen.Elements(0, 1, 1, 2, 1001)
        from width in Int
        from flow in Gen.Elements(Flows.Planar, Flows.Householder, Flows.InverseAutoregressive(width), Flows.MaskedAutoregressive(width),
            Flows.AffineCoupling(width))
        select Flows.Repeat(count, flow);

    private static Gen<Experiment> Experiment =>
        from model in Gen.OneOf(Model, Generators.Model())
        from objective in AnyObjective
        from source in Gen.Elements("", " ", "\0", "digits", "\ud800")
        from binarization in Gen.OneOf(Gen.Constant(Binarizations.None), Double.Select(Binarizations.Threshold))
        from validation in Double
        from limit in Int
        from train in Train
        select new Experiment(model, objective, new(source, binarization, validation, limit), train);

    private static Gen<Discriminator> AnyDiscriminator =>
        from layers in AnyLayers(1) from head in AnyHead from a in Double from rate in AnySchedule(1)
        select new Discriminator(new(layers, head), Optimizers.Adam(a, a, a), rate);

    private static Gen<Objective> AnyObjective => Gen.OneOf(
        AnySchedule(3).Select(schedule => Objectives.Beta(schedule)), Int.Select(samples => Objectives.ImportanceWeighted(samples)),
        Gen.Constant(Objectives.Reconstruction),
        from nats in Double from each in Gen.Elements(true, false)
        select Objectives.Beta(Schedules.Constant(1), Capacities.FreeBits(nats, each)),
        from nats in AnySchedule(2)
        select Objectives.Beta(Schedules.Constant(1), Capacities.Target(nats), EncoderGradients.DoublyReparameterized),
        from samples in Int from groups in Int
        select Objectives.ImportanceWeighted(samples, ImportanceBounds.Miwae(groups), EncoderGradients.StickingTheLanding),
        from samples in Int from part in Double select Objectives.ImportanceWeighted(samples, ImportanceBounds.Ciwae(part)),
        from a in Double from b in Double from c in Double
        select Objectives.Regularized(Regularizers.Decomposition(a, b, c), Schedules.Constant(c)),
        from a in Double from discriminator in AnyDiscriminator select Objectives.Factor(a, discriminator),
        from a in Double from discriminator in AnyDiscriminator select Objectives.Adversarial(a, discriminator),
        from a in Double from b in Double from scales in Double.ListOf(2)
        select Objectives.Wasserstein(a, Kernels.InverseMultiquadratic(ValueList.From(scales))),
        from a in Double from b in Double select Objectives.Code(a, DecoderPenalties.GradientPenalty(b)),
        from a in Double from layers in Int from discriminator in AnyDiscriminator select Objectives.VaeGan(a, discriminator, layers),
        from labels in Int from a in Double from layers in AnyLayers(1)
        select Objectives.SemiSupervised(labels, a, new(layers, Heads.Dense)));

    private static Gen<TrainSpec> Train =>
        from epochs in Int
        from batch in Int
        from seed in Gen.Elements(0UL, ulong.MaxValue)
        from a in Double from b in Double from c in Double from d in Double
        from optimizer in Gen.Elements(Optimizers.Adam(a, b, c), Optimizers.AdamW(a, b, c, d), Optimizers.Sgd(a))
        from rate in AnySchedule(2)
        from clipping in Gen.Elements(Clippings.None, Clippings.Norm(a), Clippings.Skip(b, Clippings.Norm(a)),
            Clippings.Skip(a, Clippings.Skip(b)))
        from averaging in Gen.Elements(Averagings.None, Averagings.Exponential(b))
        from patience in Int
        from stopping in Gen.Elements(Stoppings.Never, Stoppings.Patience(patience), Stoppings.Plateau(patience, a, batch))
        select new TrainSpec(epochs, batch, seed, optimizer, rate, clipping, averaging, stopping);

    private static Gen<ValueList<Layer>> AnyLayers(int depth) =>
        from count in Gen.Choose(0, 3) from layers in AnyLayer(depth).ListOf(count) select ValueList.From(layers);
}
