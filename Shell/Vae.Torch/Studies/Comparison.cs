namespace Vae.Torch;

/// <summary>A candidate model of a comparison.</summary>
/// <param name="Name">A name for people, such as that of its run folder.</param>
/// <param name="Group">The kind of model; models of one group differ only in their seed.</param>
/// <param name="Seed">The seed it was trained with.</param>
/// <param name="Model">A model with a latent; the caller disposes it.</param>
/// <param name="Binarization">The binarization used in training.</param>
public sealed record Candidate(string Name, string Group, ulong Seed, VaeModel Model, Binarization Binarization);

/// <summary>Sample sizes of a comparison.</summary>
/// <param name="Draws">Samples decoded from each distribution of codes; ≥ 2, limited to the number of examples.</param>
/// <param name="Codes">Codes for the maximum mean discrepancy, which compares all pairs; ≥ 2.</param>
/// <param name="Paths">Number of straight lines between encodings; ≥ 1.</param>
/// <param name="Steps">Codes decoded along each line; ≥ 2.</param>
/// <param name="Seed">Seed of all draws.</param>
public sealed record ComparisonOptions(int Draws = 1000, int Codes = 2000, int Paths = 100, int Steps = 21, ulong Seed = 0);

/// <summary>Metrics of one model. Null if not applicable.</summary>
/// <param name="Name">Name of the model.</param>
/// <param name="Group">Group of the model.</param>
/// <param name="Seed">The seed it was trained with.</param>
/// <param name="Test">−ELBO and its terms on the test set; for an autoencoder only the reconstruction; nats per example.</param>
/// <param name="Dimensions">Moments of each dimension of the codes.</param>
/// <param name="LargestCorrelation">Largest absolute correlation of two dimensions of the codes; in [0, 1].</param>
/// <param name="Discrepancy">Maximum mean discrepancy between the codes and N(0, I); no unit, near 0 if they agree.</param>
/// <param name="KlToNormal">KL from the normal fitted to the codes to N(0, I); nats; null if the codes' covariance is singular.</param>
/// <param name="LargestStep">
/// Largest step between decoded neighbours on a straight line between encodings, relative to the mean step; mean over lines; ≥ 1.
/// </param>
/// <param name="Straightness">
/// Distance between the decoded ends of a line, relative to the length of the decoded path; mean over lines; in [0, 1].
/// </param>
/// <param name="Uniform">Quality of samples decoded from the uniform distribution on the codes' bounding box; null without labels.</param>
/// <param name="Normal">Quality of samples decoded from N(0, I); null without labels.</param>
public sealed record ModelMetrics(
    string Name, string Group, ulong Seed, Terms Test, ValueList<CodeMoments> Dimensions, double LargestCorrelation, double Discrepancy,
    double? KlToNormal, double LargestStep, double Straightness, SampleQuality? Uniform, SampleQuality? Normal)
{
    /// <summary>Distance of the codes' mean from 0; in the codes' unit.</summary>
    public double MeanLength => Math.Sqrt(Dimensions.Sum(dimension => dimension.Mean * dimension.Mean));

    /// <summary>Mean over dimensions of the codes' variance.</summary>
    public double Variance => Dimensions.Average(dimension => dimension.Variance);

    /// <summary>Mean over dimensions of the codes' absolute skewness.</summary>
    public double Skewness => Dimensions.Average(dimension => Math.Abs(dimension.Skewness));
}

/// <summary>One metric for every group of models.</summary>
/// <param name="Name">Name, with its unit.</param>
/// <param name="Description">How to read it; a sentence for people.</param>
/// <param name="Groups">Summary over the models of each group, in the groups' order; null if it does not apply to a group.</param>
/// <param name="Real">Value of real test examples; null if the metric does not rate samples.</param>
/// <param name="Difference">
/// The second group minus the first, over the seeds that both have; null unless there are two groups with at least two such seeds.
/// </param>
public sealed record ComparedMetric(
    string Name, string Description, ValueList<Summary?> Groups, double? Real, PairedDifference? Difference = null);

/// <summary>A comparison of models on one data set.</summary>
/// <param name="Data">Name of the data set.</param>
/// <param name="Examples">Number of test examples.</param>
/// <param name="Groups">Names of the groups.</param>
/// <param name="Metrics">Metrics of the groups.</param>
/// <param name="Models">Metrics of each model.</param>
/// <param name="Accuracy">Test accuracy of the evaluation classifier; in [0, 1]; null without labels.</param>
/// <param name="Notes">Caveats for reading the metrics; sentences for people.</param>
public sealed record Comparison(
    string Data, int Examples, ValueList<string> Groups, ValueList<ComparedMetric> Metrics, ValueList<ModelMetrics> Models,
    double? Accuracy, ValueList<string> Notes);
