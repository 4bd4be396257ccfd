using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>The bias of a decoder's last layer from the data, before training.</summary>
internal static class DataBias
{
    /// <summary>
    /// Sets the bias so that E[x|z] is about the mean of the training data; leaves it where the likelihood does not say how.
    /// </summary>
    public static void Set(VaeModel model, Dataset data, Binarization binarization)
    {
        var spec = model.Spec;
        if (Parameters.OutputBias(spec) is not { Length: > 0 } name)
            return;
        var bias = model.Weights[name];
        var moments = DataMoments.Compute(data, binarization);
        var outputs = Likelihoods.OutputsFor(spec.Likelihood, moments);
        // A convolution has one bias for each channel.
        if (outputs.Count != bias.numel() && !spec.Input.IsVector)
            outputs = Likelihoods.OutputsFor(
                spec.Likelihood, moments.PerChannel(Likelihoods.MeanShape(spec.Likelihood, spec.Input).Channels));
        if (outputs.Count != bias.numel())
            return;
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        bias.copy_(Array.ConvertAll(outputs.ToArray(), value => (float)value).ToTensor(CPU, [outputs.Count]));
    }
}
