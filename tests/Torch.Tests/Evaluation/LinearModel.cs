using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>
/// Probabilistic principal components (Tipping &amp; Bishop 1999) as a model with weights set by hand: x = W z + 1/2 + σ·noise.
/// Column j of W is strength[j] along axis j, so that posterior and evidence are products over axes.
/// </summary>
internal sealed class LinearModel : IDisposable
{
    public const int Size = 6;
    private const double Centre = 0.5, Sigma = 0.05;

    private readonly double[] strengths;

    /// <summary>The encoder is the exact posterior, its means shifted by a number of its standard deviations.</summary>
    public LinearModel(double[] strengths, double offset = 0)
    {
        this.strengths = strengths;
        var latent = strengths.Length;
        Model = new(new(Shape.Vector(Size), latent, new([], Heads.Dense), new([], Heads.Dense),
            Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.Normal(Sigma), Conditions.None), 1);
        float[] encoder = new float[2 * latent * Size], encoderBias = new float[2 * latent], decoder = new float[Size * latent],
            decoderBias = new float[Size];
        Array.Fill(decoderBias, (float)Centre);
        for (var j = 0; j < latent; j++)
        {
            var (gain, variance) = (strengths[j] / Evidence(j), Variance(j));
            encoder[j * Size + j] = (float)gain;
            encoderBias[j] = (float)(-gain * Centre + offset * Math.Sqrt(variance));
            encoderBias[latent + j] = (float)Math.Log(variance);
            decoder[j * latent + j] = (float)strengths[j];
        }
        Set("encoder.0.weight", encoder);
        Set("encoder.0.bias", encoderBias);
        Set("decoder.0.weight", decoder);
        Set("decoder.0.bias", decoderBias);
    }

    public VaeModel Model { get; }

    /// <summary>Examples drawn from the model itself, rounded to bytes.</summary>
    public Dataset Draw(int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        var z = Samples.Draws(seed, Purpose.Prior, count, strengths.Length).ToDoubles();
        var noise = Samples.Draws(seed, Purpose.Posterior, count, Size).ToDoubles();
        var bytes = new byte[count * Size];
        for (var i = 0; i < bytes.Length; i++)
        {
            var (row, axis) = (i / Size, i % Size);
            var mean = Centre + (axis < strengths.Length ? strengths[axis] * z[row * strengths.Length + axis] : 0);
            bytes[i] = (byte)Math.Clamp(Math.Round(255 * (mean + Sigma * noise[i])), 0, 255);
        }
        return Dataset.Create("linear", Shape.Vector(Size), Pixels.OfBytes(bytes), ReadOnlyMemory<int>.Empty, []);
    }

    /// <summary>The mean of −ln p(x) over data, in closed form; nats.</summary>
    public double NegLogEvidence(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values.Select((x, i) =>
            0.5 * (Math.Log(2 * Math.PI * Evidence(i % Size)) + (x - Centre) * (x - Centre) / Evidence(i % Size))).Sum() / data.Count;
    }

    /// <summary>ln p(x) of each row [B, 6], in closed form; nats.</summary>
    public double[] LogEvidence(Tensor x) => [.. x.ToDoubles().Chunk(Size).Select(row => row.Select((value, axis) =>
        -0.5 * (Math.Log(2 * Math.PI * Evidence(axis)) + (value - Centre) * (value - Centre) / Evidence(axis))).Sum())];

    /// <summary>A part of the encoder set to a constant.</summary>
    public void Fill(string name, int first, int count, double value)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Model.Weights[name].narrow(0, first, count).fill_(Scalars.Get(value));
    }

    public void Dispose() => Model.Dispose();

    /// <summary>The variance of x along an axis.</summary>
    private double Evidence(int axis) => Sigma * Sigma + (axis < strengths.Length ? strengths[axis] * strengths[axis] : 0);

    private double Variance(int axis) => Sigma * Sigma / Evidence(axis);

    private void Set(string name, float[] values)
    {
        using var scope = NewDisposeScope();
        using var noGrad = no_grad();
        Model.Weights[name].copy_(values.ToTensor(CPU, values.Length).view(Model.Weights[name].shape));
    }
}
