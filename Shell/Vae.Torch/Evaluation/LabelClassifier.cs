using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// The classifier q(y|x) that a semi-supervised run trained with its model, with the objective <see cref="Objective.SemiSupervised"/>;
/// Kingma et al. 2014. Not thread-safe.
/// </summary>
/// <example>
/// <code>
/// using var classifier = LabelClassifier.Load(RunFolder.Open("runs/m2"));
/// var error = 1 - classifier.Accuracy(data.Test);
/// </code>
/// </example>
public sealed class LabelClassifier : IDisposable
{
    private readonly AuxiliaryNet network;
    private readonly Experiment experiment;

    private LabelClassifier(AuxiliaryNet network, Experiment experiment) => (this.network, this.experiment) = (network, experiment);

    /// <summary>Loads the classifier of a run; the caller disposes it.</summary>
    /// <param name="folder">The folder of a run with the objective m2.</param>
    /// <param name="best">Whether to take the weights of the epoch with the best validation criterion instead of the last.</param>
    /// <param name="device">The device: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    /// <exception cref="VaeException">
    /// The run's objective has no classifier, the run has no weights or no best epoch, a file is damaged, or the device does not exist.
    /// </exception>
    public static LabelClassifier Load(RunFolder folder, bool best = false, string device = "cpu")
    {
        TorchRuntime.Load();
        var experiment = folder.Experiment();
        var auxiliaries = experiment.Objective.Formulas().Auxiliaries(experiment.Model, experiment.Train);
        if (auxiliaries.FirstOrDefault(auxiliary => auxiliary.IsKept) is not { } spec)
            throw new VaeException($"objective: must be m2 for a label classifier, got {Objectives.Name(experiment.Objective)}");
        var file = folder.RequireWeights(best);
        var network = new AuxiliaryNet(spec, experiment.Train, Devices.Find(device), ScalarType.Float32);
        try
        {
            Checkpoint.LoadWeights(file, network.Weights, best && experiment.Train.Averaging is not Averaging.None, network.Prefix);
            return new(network, experiment);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>The probability q(y|x) of each class for each of N examples, which need no labels: [N, classes], in [0, 1].</summary>
    /// <param name="data">The examples, of the shape of the model's input.</param>
    /// <param name="seed">Seed of a stochastic binarization.</param>
    /// <exception cref="VaeException">The examples have another shape.</exception>
    public NdArray Probabilities(Dataset data, ulong seed = 0)
    {
        EvaluationInput.RequireShape(data, experiment.Model);
        var classes = Conditions.Shape(experiment.Model.Condition, data.Shape).Size;
        var values = new double[data.Count * classes];
        if (data.Count > 0)
            using (var source = new BatchSource(data, Conditions.None, experiment.Data.Binarization, BatchSource.EvaluatedAtOnce, seed,
                network.Weights.Device))
            {
                var at = 0;
                using var noGrad = no_grad();
                source.Each((x, _, _) =>
                {
                    var rows = network.Run(x, training: false, 0).to(ScalarType.Float64).softmax(1).cpu().data<double>().ToArray();
                    rows.CopyTo(values, at);
                    at += rows.Length;
                });
            }
        return NdArray.FromValues(values, data.Count, (int)classes);
    }

    /// <summary>The fraction of a labelled data set whose likeliest class is its label; in [0, 1].</summary>
    /// <param name="data">The examples, at least one.</param>
    /// <param name="seed">Seed of a stochastic binarization.</param>
    /// <exception cref="VaeException">The data have no labels, no examples, or another shape.</exception>
    public double Accuracy(Dataset data, ulong seed = 0)
    {
        if (!data.HasLabels || data.Count == 0)
            throw new VaeException($"data: must have labels to measure a classifier, got none in {data.Name}");
        var labels = data.Labels.ToArray();
        return Likeliest(Probabilities(data, seed)).Where((label, i) => label == labels[i]).Count() / (double)data.Count;
    }

    /// <summary>The likeliest class of each row of probabilities [N, classes]; of equal ones the first.</summary>
    internal static int[] Likeliest(NdArray probabilities) =>
        [.. probabilities.ToArray().Chunk(probabilities.Dims[1]).Select(row => Array.IndexOf(row, row.Max()))];

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
