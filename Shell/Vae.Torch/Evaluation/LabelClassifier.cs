using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>q(y|x) of a run that was trained with labels for some examples; Kingma et al. 2014.</summary>
internal sealed class LabelClassifier : IDisposable
{
    private readonly AuxiliaryNet network;
    private readonly Experiment experiment;

    private LabelClassifier(AuxiliaryNet network, Experiment experiment) => (this.network, this.experiment) = (network, experiment);

    /// <summary>The classifier that a run has kept with its model; <see cref="VaeException"/> where it has none.</summary>
    public static LabelClassifier Load(RunFolder folder, string device = "cpu")
    {
        TorchRuntime.Load();
        var experiment = folder.Experiment();
        if (experiment.Objective.Formulas().Auxiliaries(experiment.Model, experiment.Train).FirstOrDefault(own => own.IsKept) is not { } spec)
            throw new VaeException($"objective: must be m2 for a classifier of labels, got {Objectives.Name(experiment.Objective)}");
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

    /// <summary>Logits of q(y|x). x [B, C, …] → [B, classes]; the caller disposes it.</summary>
    public Tensor Logits(Tensor x)
    {
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        return network.Run(x, training: false, 0).MoveToOuterDisposeScope();
    }

    /// <summary>The part of a data set with labels whose label has the greatest probability; in [0, 1].</summary>
    public double Accuracy(Dataset data)
    {
        if (!data.HasLabels || data.Count == 0)
            throw new VaeException($"data: must have labels to measure a classifier by, got none in {data.Name}");
        using var source = new BatchSource(data, experiment.Model.Condition, experiment.Data.Binarization, BatchSource.EvaluatedAtOnce,
            experiment.Train.Seed, network.Weights.Device);
        var right = 0L;
        source.Each((x, labels, _) => right += Logits(x).argmax(1).eq(labels!.argmax(1)).sum().ToInt64());
        return right / (double)data.Count;
    }

    /// <inheritdoc/>
    public void Dispose() => network.Dispose();
}
