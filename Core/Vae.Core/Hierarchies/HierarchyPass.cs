namespace Vae;

/// <summary>The results of a pass through a hierarchy, z₁ first.</summary>
/// <param name="Z">z of each stochastic layer, [B, Dₗ].</param>
/// <param name="Q">μ and ln σ² of q for each stochastic layer, [B, 2·Dₗ]; empty for a pass through the prior only.</param>
/// <param name="P">μ and ln σ² of p for each stochastic layer below the top, [B, 2·Dₗ]; empty if the pass does not compute them.</param>
/// <param name="State">The state that reaches the decoder; null if not applicable.</param>
internal readonly record struct HierarchyPass<T>(T[] Z, T[] Q, T[] P, T? State) where T : struct, ITensor<T>;

/// <summary>The names under which passes at z are cached within a step.</summary>
internal static class LevelPasses
{
    public const string Inference = "pass of q";

    public const string Generative = "pass of p";
}
