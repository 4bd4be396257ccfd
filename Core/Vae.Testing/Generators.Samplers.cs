using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>Random samplers.</summary>
public static partial class Generators
{
    /// <summary>Samplers.</summary>
    public static Arbitrary<Sampler> AllSamplers() => Arb.From(SamplerChoice());

    /// <summary>Samplers for models without a condition, with at least 2 latents that are real numbers, and at least 60 codes.</summary>
    public static Gen<Sampler> SamplerChoice() => Gen.OneOf(
        Gen.Constant(Samplers.Prior), Gen.Choose(1, 4).Select(Samplers.Mixture), Gen.Choose(1, 20).Select(Samplers.Vamp),
        from hidden in Gen.Choose(1, 8) from training in CodeTrainingChoice select Samplers.TwoStage(hidden, training),
        from flows in FlowChoice(2, inPosterior: false) from training in CodeTrainingChoice select Samplers.Flow(flows, training));

    private static Gen<CodeTraining> CodeTrainingChoice =>
        from epochs in Gen.Choose(1, 3)
        from batch in Gen.Choose(1, 64)
        from small in Number(1e-6, 1e-3)
        from decay in Number(0, 0.1)
        from rate in Schedule(1)
        from optimizer in Gen.Elements(Optimizers.Adam(), Optimizers.AdamW(decay, epsilon: small), Optimizers.Sgd())
        select new CodeTraining(epochs, batch, optimizer, rate);
}
