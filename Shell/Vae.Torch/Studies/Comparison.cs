namespace Vae.Torch;

/// <summary>A model to compare with others.</summary>
/// <param name="Name">What it is called, as the name of its folder.</param>
/// <param name="Group">What it is of a kind with: models of one group differ in their seed alone.</param>
/// <param name="Seed">Of its training.</param>
/// <param name="Model">With a latent; stays the caller's.</param>
/// <param name="Binarization">As in its training.</param>
public sealed record Candidate(string Name, string Group, ulong Seed, VaeModel Model, Binarization Binarization);

/// <summary>How much is drawn to compare models.</summary>
/// <param name="Draws">Pictures decoded from each distribution of codes; ≥ 2, at most as many as there are examples.</param>
/// <param name="Codes">Codes that the maximum mean discrepancy looks at: all pairs of them; ≥ 2.</param>
/// <param name="Paths">Straight lines between encodings; ≥ 1.</param>
/// <param name="Steps">Pictures decoded along each; ≥ 2.</param>
/// <param name="Seed">Of all draws.</param>
public sealed record ComparisonOptions(int Draws = 1000, int Codes = 2000, int Paths = 100, int Steps = 21, ulong Seed = 0);

/// <summary>What is measured of one model. Null stands for what there is not.</summary>
/// <param name="Name">Of the model.</param>
/// <param name="Group">Of the model.</param>
/// <param name="Seed">Of its training.</param>
/// <param name="Test">−ELBO and its terms on the test set; of an autoencoder the reconstruction alone; nats per example.</param>
/// <param name="Dimensions">Moments of each dimension of the codes.</param>
/// <param name="LargestCorrelation">Of two dimensions of the codes, without its sign; in [0, 1].</param>
/// <param name="Discrepancy">The maximum mean discrepancy of the codes to N(0, I); no unit, about 0 where they are alike.</param>
/// <param name="KlToNormal">KL of the codes' best-fitting normal to N(0, I); nats; null where the codes lie in a plane of fewer dimensions.</param>
/// <param name="LargestStep">The largest step over the mean step of pictures on straight lines between encodings, the mean over lines; ≥ 1.</param>
/// <param name="Straightness">The distance of a line's end pictures over the length of the way between them, the mean over lines; in [0, 1].</param>
/// <param name="Uniform">Of pictures decoded from codes that are uniform in the box of the codes; null without labels.</param>
/// <param name="Normal">Of pictures decoded from codes that are N(0, I); null without labels.</param>
public sealed record ModelMetrics(
    string Name, string Group, ulong Seed, Terms Test, ValueList<CodeMoments> Dimensions, double LargestCorrelation, double Discrepancy, double? KlToNormal,
    double LargestStep, double Straightness, SampleQuality? Uniform, SampleQuality? Normal)
{
    /// <summary>The distance of the codes' mean from 0; in the codes' unit.</summary>
    public double MeanLength => Math.Sqrt(Dimensions.Sum(of => of.Mean * of.Mean));

    /// <summary>The mean of the dimensions' variances.</summary>
    public double Variance => Dimensions.Average(of => of.Variance);

    /// <summary>The mean of the dimensions' skewnesses without their signs.</summary>
    public double Skewness => Dimensions.Average(of => Math.Abs(of.Skewness));
}

/// <summary>A figure of each group of models.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Description">What it says, for people.</param>
/// <param name="Groups">Over the models of each group, in the groups' order; null where a group does not have it.</param>
/// <param name="Real">What real test images have; null where the figure is none of images.</param>
public sealed record ComparedMetric(string Name, string Description, ValueList<Summary?> Groups, double? Real);

/// <summary>Models beside each other.</summary>
/// <param name="Data">The data set.</param>
/// <param name="Examples">Test examples that the figures are of.</param>
/// <param name="Groups">Kinds of models.</param>
/// <param name="Metrics">Of the groups.</param>
/// <param name="Models">Of each model.</param>
/// <param name="Accuracy">Of the classifier that judges pictures, on the test set; null without labels.</param>
/// <param name="Notes">What must be known to read the figures: sentences for people.</param>
public sealed record Comparison(
    string Data, int Examples, ValueList<string> Groups, ValueList<ComparedMetric> Metrics, ValueList<ModelMetrics> Models, double? Accuracy, ValueList<string> Notes);
