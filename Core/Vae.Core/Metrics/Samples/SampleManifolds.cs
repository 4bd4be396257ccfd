namespace Vae;

/// <summary>How well a set of generated features covers a set of real ones, and stays within it.</summary>
/// <param name="Precision">The part of the generated that fall into a ball of the real: what looks real; in [0, 1].</param>
/// <param name="Recall">The part of the real that fall into a ball of the generated: what can be generated; in [0, 1].</param>
/// <param name="Density">Balls of the real that a generated one falls into, over k: about 1 where both are alike, and not led astray by a lone real point; ≥ 0.</param>
/// <param name="Coverage">The part of the real whose ball holds a generated one; in [0, 1]; 1 − ½ᵏ where both are alike and as many.</param>
internal sealed partial record ManifoldOverlap(double Precision, double Recall, double Density, double Coverage);

/// <summary>
/// Precision and recall of Kynkäänniemi et al. 2019, density and coverage of Naeem et al. 2020, by balls around points as large
/// as the distance to the k-th nearest neighbour. In the feature space of a classifier; values compare only under one space,
/// one k and one number of points. Every pair is visited: up to several thousand points.
/// </summary>
internal static class SampleManifolds
{
    /// <summary>Real [N, F] and generated [M, F], N and M above k ≥ 1.</summary>
    /// <param name="real">Features of real examples.</param>
    /// <param name="generated">Features of generated ones.</param>
    /// <param name="neighbours">k; 5 as in Naeem et al. 2020, while Kynkäänniemi et al. 2019 take 3.</param>
    public static ManifoldOverlap Overlap(NdArray real, NdArray generated, int neighbours = 5)
    {
        NeighbourRadii a = new(real, neighbours, nameof(real)), b = new(generated, neighbours, nameof(generated));
        var (held, holding) = a.Holds(b);
        var (_, realHeld) = b.Holds(a);
        return new(holding.Average(count => count > 0 ? 1.0 : 0), realHeld.Average(count => count > 0 ? 1.0 : 0),
            holding.Average() / neighbours, held.Average(count => count > 0 ? 1.0 : 0));
    }
}
