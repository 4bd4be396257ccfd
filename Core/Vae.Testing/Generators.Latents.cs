using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>Random posteriors, and priors that fit them.</summary>
public static partial class Generators
{
    /// <summary>Posteriors for a length of z.</summary>
    /// <param name="latent">The length D of z; ≥ 1.</param>
    public static Gen<Posterior> PosteriorChoice(int latent) => Gen.OneOf([
        Gen.Constant(Posteriors.DiagonalNormal), Gen.Constant(Posteriors.DiagonalNormal),
        Gen.Constant(Posteriors.Point), Gen.Constant(Posteriors.FullNormal),
        FlowChoice(latent, inPosterior: true).Select(Posteriors.Transformed), HierarchyChoice(latent).Select(Posteriors.Hierarchical),
        from embedding in Gen.Elements(Divisors(latent))
        from codes in Gen.Choose(2, 4)
        from commitment in Number(0, 1)
        from decay in Number(0, 0.99)
        select Posteriors.VectorQuantized(codes, embedding, commitment, decay),
        .. latent == 1 ? Array.Empty<Gen<Posterior>>() : [
            Gen.Constant(Posteriors.VonMisesFisher),
            from classes in Gen.Elements(Divisors(latent)[1..])
            from temperature in TemperatureChoice
            select Posteriors.Categorical(classes, temperature)]]);

    /// <summary>Priors that fit a posterior and a condition.</summary>
    /// <param name="posterior">The model's posterior.</param>
    /// <param name="latent">The length D of z; ≥ 0.</param>
    /// <param name="condition">The model's condition.</param>
    public static Gen<Prior> PriorChoice(Posterior posterior, int latent, Condition condition) =>
        !Posteriors.HasDensity(posterior) ? Gen.Constant(Priors.StandardNormal)
        : posterior is Posterior.Hierarchical q
            ? TopPriorChoice((int)Hierarchies.Latents(q.Hierarchy)[^1].Size).Select(top => Priors.Hierarchical(q.Hierarchy, top))
        : Posteriors.Support(posterior) is var support && support == Supports.Sphere ? Gen.Constant(Priors.Uniform(support))
        : support.Classes > 0 ? Gen.OneOf(
            Gen.Constant(Priors.Uniform(support)), Gen.Choose(1, 6).Select(width => Priors.AutoregressiveCodebook(support, width)))
        : Gen.OneOf([
            TopPriorChoice(latent), TopPriorChoice(latent),
            .. condition is Condition.None || latent == 0 ? Array.Empty<Gen<Prior>>() : [ConditionalPriorChoice],
            .. condition is Condition.None && posterior is Posterior.DiagonalNormal
                ? [Gen.Choose(1, 3).Select(Priors.Vamp)] : Array.Empty<Gen<Prior>>()]);

    // Distributions of real numbers without networks or examples.
    private static Gen<Prior> TopPriorChoice(int latent) => Gen.OneOf(
        Gen.Elements(Priors.StandardNormal, Priors.StandardNormal, Priors.LearnedNormal), Gen.Choose(1, 4).Select(Priors.Mixture),
        FlowChoice(latent, inPosterior: false).Select(Priors.Transformed));

    private static Gen<Schedule> TemperatureChoice { get; } = Gen.OneOf(
        Number(0.3, 2).Select(Schedules.Constant),
        from start in Number(0.5, 2) from epochs in Number(0.1, 5) select Schedules.Linear(start, 0.3, epochs));

    private static Gen<Prior> ConditionalPriorChoice { get; } =
        from width in Gen.Choose(1, 6) from function in ActivationChoice(smooth: true)
        select Priors.Conditional(new([Layers.Flatten, Layers.Linear(width), Layers.Activate(function)], Heads.Dense));

    private static Gen<ValueList<Flow>> FlowChoice(int latent, bool inPosterior) =>
        from count in Gen.Choose(1, 3)
        from flows in Gen.OneOf([
            Gen.Constant(Flows.Householder),
            inPosterior ? Gen.Constant(Flows.Planar) : Gen.Choose(1, 6).Select(Flows.MaskedAutoregressive),
            inPosterior ? Gen.Choose(1, 6).Select(Flows.InverseAutoregressive) : Gen.Choose(1, 6).Select(Flows.MaskedAutoregressive),
            .. latent == 1 ? Array.Empty<Gen<Flow>>() : [Gen.Choose(1, 6).Select(Flows.AffineCoupling)]]).ListOf(count)
        select ValueList.From(flows);
}
