namespace Vae;

/// <summary>The fidelity and diversity of generated features compared with real ones.</summary>
/// <param name="Precision">The fraction of generated points in a ball of a real point: fidelity; in [0, 1].</param>
/// <param name="Recall">The fraction of real points in a ball of a generated point: diversity; in [0, 1].</param>
/// <param name="Density">
/// The mean number of balls of real points that a generated point lies in, divided by k; ≥ 0. About 1 for equal distributions, and
/// robust to outliers among the real points.
/// </param>
/// <param name="Coverage">
/// The fraction of real points whose ball contains a generated point; in [0, 1]; about 1 − ½ᵏ for equal distributions and sizes.
/// </param>
internal sealed partial record ManifoldOverlap(double Precision, double Recall, double Density, double Coverage);

/// <summary>
/// Precision and recall of Kynkäänniemi et al. 2019, density and coverage of Naeem et al. 2020, in the feature space of a classifier,
/// from balls with the distance to the k-th nearest neighbour as radius. Only values with the same space, k and number of points are
/// comparable. All pairs are compared, for up to several thousand points.
/// </summary>
internal static class SampleManifolds
{
    /// <summary>Compares generated with real features.</summary>
    /// <param name="real">Features of real examples, [N, F]; N &gt; k.</param>
    /// <param name="generated">Features of generated examples, [M, F]; M &gt; k.</param>
    /// <param name="neighbours">k ≥ 1; 5 in Naeem et al. 2020, 3 in Kynkäänniemi et al. 2019.</param>
    public static ManifoldOverlap Overlap(NdArray real, NdArray generated, int neighbours = 5)
    {
        NeighbourRadii a = new(real, neighbours, nameof(real)), b = new(generated, neighbours, nameof(generated));
        var (generatedInBall, realBallsAround) = a.Contained(b);
        var (_, generatedBallsAround) = b.Contained(a);
        return new(
            realBallsAround.Average(count => count > 0 ? 1.0 : 0), generatedBallsAround.Average(count => count > 0 ? 1.0 : 0),
            realBallsAround.Average() / neighbours, generatedInBall.Average(count => count > 0 ? 1.0 : 0));
    }
}
