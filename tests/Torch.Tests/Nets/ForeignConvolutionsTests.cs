using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>
/// Convolutions, transposed convolutions and batch normalization of PyTorch: a file of its layout, written byte by byte, gives a model
/// that computes what the definitions of these layers say.
/// </summary>
public sealed class ForeignConvolutionsTests
{
    private const int Latent = 2, Examples = 3;

    private static readonly VaeSpec Spec = new(
        Shape.Image(2, 5, 6), Latent,
        new([Layers.Conv2d(3, 3, 2, 1), Layers.BatchNorm(), Layers.Relu, Layers.Flatten], Heads.Dense),
        new([Layers.Linear(16), Layers.Reshape(Shape.Image(4, 2, 2)), Layers.BatchNorm()], Heads.ConvTranspose2d(3, 2, 0, 0, 1)),
        Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.CrossEntropy, Conditions.None);

    // Names and shapes as PyTorch's modules give them: the transposed convolution has its inputs first.
    private static readonly (string Name, int[] Shape)[] Theirs = [
        ("conv.weight", [3, 2, 3, 3]), ("conv.bias", [3]),
        ("bn1.weight", [3]), ("bn1.bias", [3]), ("bn1.running_mean", [3]), ("bn1.running_var", [3]),
        ("mu.weight", [Latent, 27]), ("mu.bias", [Latent]), ("logvar.weight", [Latent, 27]), ("logvar.bias", [Latent]),
        ("fc.weight", [16, Latent]), ("fc.bias", [16]),
        ("bn2.weight", [4]), ("bn2.bias", [4]), ("bn2.running_mean", [4]), ("bn2.running_var", [4]),
        ("up.weight", [4, 2, 3, 3]), ("up.bias", [2])];

    private static readonly Dictionary<string, ValueList<string>> Names = new()
    {
        ["encoder.0.weight"] = ["conv.weight"],
        ["encoder.0.bias"] = ["conv.bias"],
        ["encoder.4.weight"] = ["mu.weight", "logvar.weight"],
        ["encoder.4.bias"] = ["mu.bias", "logvar.bias"],
        ["decoder.0.weight"] = ["fc.weight"],
        ["decoder.0.bias"] = ["fc.bias"],
        ["decoder.3.weight"] = ["up.weight"],
        ["decoder.3.bias"] = ["up.bias"],
    };

    private static readonly Dictionary<string, double[]> Values = Theirs.Select((tensor, i) => (tensor.Name, Made(tensor, i)))
        .ToDictionary(tensor => tensor.Name, tensor => tensor.Item2);

    [Fact]
    public void ConvolutionsAndBatchNormComputeWhatTheirDefinitionsSay()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = new VaeModel(Spec, 1);
        model.Weights.LoadMapped(folder.Write("vae.safetensors", File()), Map());
        var (x, z) = (Samples.Inputs(Spec, Examples), Samples.Draws(1, Purpose.Prior, Examples, Latent));
        Near(x.ToDoubles().Chunk(60).SelectMany(Encoded), model.Encode(x));
        Near(z.ToDoubles().Chunk(Latent).SelectMany(Decoded), model.Decode(z));
    }

    [Fact]
    public void AKernelWithItsAxesInAnotherOrderIsRefused()
    {
        using var scope = NewDisposeScope();
        using var folder = new TempFolder();
        using var model = new VaeModel(Spec, 1);
        var names = Map();
        names["decoder.3.weight"] = ["conv.weight"];
        Damage.Refused(() => model.Weights.LoadMapped(folder.Write("vae.safetensors", File()), names),
            "decoder.3.weight: must have the shape 4×2×3×3, got 3×2×3×3");
    }

    private static Dictionary<string, ValueList<string>> Map()
    {
        var map = new Dictionary<string, ValueList<string>>(Names);
        foreach (var (ours, theirs) in new[] { ("encoder.1", "bn1"), ("decoder.2", "bn2") })
            foreach (var part in new[] { "weight", "bias", "running_mean", "running_var" })
                map[$"{ours}.{part}"] = [$"{theirs}.{part}"];
        return map;
    }

    // Variances are positive.
    private static double[] Made((string Name, int[] Shape) tensor, int place) =>
        [.. Enumerable.Range(0, tensor.Shape.Aggregate(1, (a, b) => a * b)).Select(i => (double)(float)(Math.Sin(1.7 * i + place)
            * (tensor.Name.Contains("var", StringComparison.Ordinal) ? 0.3 : 0.5)
            + (tensor.Name.EndsWith("_var", StringComparison.Ordinal) ? 1 : 0)))];

    // The number of bytes of the header, the header, the tensors. PyTorch counts the batches of a normalization, which no model needs.
    private static byte[] File()
    {
        var (header, data) = (new StringBuilder("{\"bn1.num_batches_tracked\":{\"dtype\":\"I64\",\"shape\":[],\"data_offsets\":[0,8]}"),
            new List<byte>(new byte[8]));
        foreach (var (name, shape) in Theirs)
        {
            var start = data.Count;
            data.AddRange(Values[name].SelectMany(value => BitConverter.GetBytes((float)value)));
            header.Append($",\"{name}\":{{\"dtype\":\"F32\",\"shape\":[{string.Join(',', shape)}],");
            header.Append($"\"data_offsets\":[{start},{data.Count}]}}");
        }
        var text = Encoding.UTF8.GetBytes($"{header}}}");
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }

    private static double[] Encoded(double[] x)
    {
        double[] hidden = [.. Normalized(Convolved(x), "bn1", 9).Select(value => Math.Max(0, value))];
        return [.. Linear(hidden, "mu"), .. Linear(hidden, "logvar")];
    }

    private static double[] Decoded(double[] z) => Transposed(Normalized(Linear(z, "fc"), "bn2", 4));

    // Of 2×5×6 with stride 2 and padding 1 to 3×3×3: out[o, i, j] = b[o] + Σ w[o, c, r, s] · x[c, 2i + r − 1, 2j + s − 1].
    private static double[] Convolved(double[] x)
    {
        var (w, found) = (Values["conv.weight"], new double[27]);
        for (var o = 0; o < 3; o++)
            for (var i = 0; i < 3; i++)
                for (var j = 0; j < 3; j++)
                {
                    var sum = Values["conv.bias"][o];
                    foreach (var (c, r, s) in Kernel(2))
                        if (2 * i + r - 1 is >= 0 and < 5 and var row && 2 * j + s - 1 is >= 0 and < 6 and var column)
                            sum += w[((o * 2 + c) * 3 + r) * 3 + s] * x[(c * 5 + row) * 6 + column];
                    found[(o * 3 + i) * 3 + j] = sum;
                }
        return found;
    }

    // Of 4×2×2 with stride 2 to 2×5×6, the last column by output padding: x[c, i, j] · w[c, o, r, s] is added to out[o, 2i + r, 2j + s].
    private static double[] Transposed(double[] x)
    {
        var (w, found) = (Values["up.weight"], new double[60]);
        for (var at = 0; at < 60; at++)
            found[at] = Values["up.bias"][at / 30];
        for (var c = 0; c < 4; c++)
            for (var i = 0; i < 2; i++)
                for (var j = 0; j < 2; j++)
                    foreach (var (o, r, s) in Kernel(2))
                        found[(o * 5 + 2 * i + r) * 6 + 2 * j + s] += w[((c * 2 + o) * 3 + r) * 3 + s] * x[(c * 2 + i) * 2 + j];
        return found;
    }

    private static IEnumerable<(int Channel, int Row, int Column)> Kernel(int channels) =>
        from channel in Enumerable.Range(0, channels)
        from row in Enumerable.Range(0, 3)
        from column in Enumerable.Range(0, 3)
        select (channel, row, column);

    private static double[] Normalized(double[] x, string name, int pixels) => [.. x.Select((value, at) =>
        (value - Values[$"{name}.running_mean"][at / pixels]) / Math.Sqrt(Values[$"{name}.running_var"][at / pixels] + 1e-5)
            * Values[$"{name}.weight"][at / pixels] + Values[$"{name}.bias"][at / pixels])];

    private static double[] Linear(double[] x, string name) => [.. Values[$"{name}.bias"].Select((bias, row) =>
        bias + x.Select((value, column) => value * Values[$"{name}.weight"][row * x.Length + column]).Sum())];

    private static void Near(IEnumerable<double> expected, Tensor found) =>
        Assert.All(expected.Zip(found.ToDoubles(), (a, b) => Math.Abs(a - b)), error => Assert.InRange(error, 0, 1e-5));
}
