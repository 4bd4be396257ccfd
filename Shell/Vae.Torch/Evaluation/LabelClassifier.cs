using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The classifier q(y|x) of a semi-supervised run; Kingma et al. 2014.</summary>
internal sealed class LabelClassifier : IDisposable
{
    private readonly AuxiliaryNet network;
    private readonly Experiment experiment;

    private LabelClassifier(AuxiliaryNet network, Experiment experiment) => (this.network, this.experiment) = (network, experiment);

    /// <summary>Loads the classifier that a run saved with its model.</summary>
    /// <exception cref="VaeException">The run's objective has no classifier.</exception>
    public static LabelClassifier Load(RunFolder folder, string device = "cpu")
    {
        TorchRuntime.Load();
        var experiment = folder.Experiment();
        var auxiliaries = experiment.Objective.Formulas().Auxiliaries(experiment.Model, experiment.Train);
        if (auxiliaries.FirstOrDefault(auxiliary => auxiliary.IsKept) is not { } spec)
            throw new VaeException($"objective: must be m2 for a label classifier, got {Objectives.Name(experiment.Objective)}");
        var network = new AuxiliaryNet(spec, experiment.Train, Devices.Find(device), ScalarType.Float32);
        try
        {
            network.Weights.Load(SafeTensors.Read(folder.ModelFile), folder.ModelFile);
            return new(network, experiment);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    /// <summary>Logits of q(y|x). x [B, C, …] → [B, classes]; the caller disposes them.</summary>
    public Tensor Logits(Tensor x)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network.Run(x, training: false, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The fraction of a labelled data set that is classified correctly; in [0, 1].</summary>
    /// <exception cref="VaeException">The data have no labels or no examples.</exception>
    public double Accuracy(Dataset data)
    {
        if (!data.HasLabels || data.Count == 0)
            throw new VaeException($"data: must have labels to measure a classifier, got none in {data.Name}");
        using var source = new BatchSource(data, experiment.Model.Condition, experiment.Data.Binarization, BatchSource.EvaluatedAtOnce,
            experiment.Train.Seed, network.Weights.Device);
        var right = 0L;
        source.Each((x, labels, _) => right += Logits(x).argmax(1).eq(labels!.argmax(1)).sum().ToInt64());
        return right / (double)data.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
