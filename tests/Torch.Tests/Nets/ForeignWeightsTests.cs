using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>Weights of another program: the model computes what that program's layers compute.</summary>
public sealed class ForeignWeightsTests
{
    private static readonly Dictionary<string, ValueList<string>> Names = new()
    {
        ["encoder.1.weight"] = ["fc1.weight"],
        ["encoder.1.bias"] = ["fc1.bias"],
        ["encoder.3.weight"] = ["fc21.weight", "fc22.weight"],
        ["encoder.3.bias"] = ["fc21.bias", "fc22.bias"],
        ["decoder.0.weight"] = ["fc3.weight"],
        ["decoder.0.bias"] = ["fc3.bias"],
        ["decoder.2.weight"] = ["fc4.weight"],
        ["decoder.2.bias"] = ["fc4.bias"],
    };

    // The layout of PyTorch's example of a VAE: separate layers for means and log-variances.
    private static readonly (string Name, long[] Shape)[] Layers = [
        ("fc1.weight", [5, 12]), ("fc1.bias", [5]), ("fc21.weight", [2, 5]), ("fc21.bias", [2]),
        ("fc22.weight", [2, 5]), ("fc22.bias", [2]),
        ("fc3.weight", [5, 2]), ("fc3.bias", [5]), ("fc4.weight", [12, 5]), ("fc4.bias", [12])];

    [Fact]
    public void AModelOfLinearLayersComputesWhatTheOtherProgramDid()
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        using var folder = new TempFolder();
        var theirs = Layers.Select((layer, i) => (layer.Name, Value: Samples.Draws((ulong)i, Purpose.Initialize, layer.Shape)))
            .ToDictionary(layer => layer.Name, layer => layer.Value);
        Save(folder["vae.safetensors"], theirs);
        using var model = Model();
        model.Weights.LoadMapped(folder["vae.safetensors"], Names);
        Tensor Linear(string name, Tensor x) => nn.functional.linear(x, theirs[$"{name}.weight"], theirs[$"{name}.bias"]);
        var x = Samples.Inputs(model.Spec, 3);
        var hidden = nn.functional.relu(Linear("fc1", x.flatten(1)));
        Assert.True(cat([Linear("fc21", hidden), Linear("fc22", hidden)], 1).allclose(model.Encode(x), 1e-5, 1e-6));
        var z = Samples.Draws(1, Purpose.Prior, 3, 2);
        Assert.True(Linear("fc4", nn.functional.relu(Linear("fc3", z))).allclose(model.Decode(z).flatten(1), 1e-5, 1e-6));
    }

    [Fact]
    public void EveryTensorThatDoesNotFitIsNamed()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        Save(folder["vae.safetensors"], Layers.Where(layer => layer.Name != "fc4.bias")
            .ToDictionary(layer => layer.Name, layer => zeros(layer.Name == "fc22.bias" ? [3] : layer.Shape)));
        using var model = Model();
        var before = model.Weights.Flat.ToFloats();
        var names = new Dictionary<string, ValueList<string>>(Names) { ["encoder.9.weight"] = ["fc9.weight"] };
        var message = Damage.Refused(() => model.Weights.LoadMapped(folder["vae.safetensors"], names), "decoder.2.bias: must be one of").Message;
        Assert.Contains("encoder.3.bias: must have the shape 4, got 2 and 3", message, StringComparison.Ordinal);
        Assert.Contains("names.encoder.9.weight: must be a tensor of the model", message, StringComparison.Ordinal);
        Assert.Equal(before, model.Weights.Flat.ToFloats());
    }

    private static VaeModel Model() => new(Zoo.Mlp(Shape.Image(1, 3, 4), latent: 2, hidden: 5));

    private static void Save(string path, Dictionary<string, Tensor> tensors) =>
        SafeTensors.Write(path, tensors.Select(pair => TorchBridge.ToEntry(pair.Key, pair.Value)), new Dictionary<string, string>());
}
