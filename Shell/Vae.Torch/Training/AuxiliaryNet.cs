using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A network that belongs to an objective, such as a discriminator, and its optimizer.</summary>
internal sealed class AuxiliaryNet : IDisposable
{
    // Keeps its noise apart from that of the model's networks.
    private const long Key = 0x61757869;

    private readonly LayerNet network;
    private readonly TrainSpec train;
    private readonly Fused optimizer;
    private readonly OptimizerState state;

    public AuxiliaryNet(Auxiliary spec, TrainSpec train, Device device, ScalarType type)
    {
        var seed = KeyedRandom.FromSeed(train.Seed).Fold(Key).Bits(0);
        Spec = spec;
        this.train = spec.InTurn ? train.With(optimizer: spec.Optimizer, clipping: Clippings.None, averaging: Averagings.None) : train;
        network = new(spec.Name, Wiring.Layers(spec), new(Parameters.List(spec), seed, device, type), seed);
        state = new(Weights);
        optimizer = new(Weights, state, this.train);
    }

    public Auxiliary Spec { get; }

    public Weights Weights => network.Weights;

    /// <summary>Rows [N, …] → [N, outputs].</summary>
    public Tensor Run(Tensor rows, bool training, long step) => network.Run(rows, training, step);

    /// <summary>Rows [N, …] → output of the first <paramref name="count"/> layers.</summary>
    public Tensor Features(Tensor rows, int count, bool training, long step) => network.Features(rows, count, training, step);

    /// <summary>Updates the weights by their current gradient.</summary>
    public void Step(double epoch) => optimizer.Step(Schedules.At(Spec.LearningRate, epoch));

    /// <summary>The tensors that a resumed run needs; valid while the caller's dispose scope is open.</summary>
    public IEnumerable<SafeTensor> Entries() => [.. Weights.Entries(Weights.Flat), .. state.Entries(Prefix)];

    /// <summary>The tensors that are saved with the model's weights; empty for a network that is needed in training only.</summary>
    public IEnumerable<SafeTensor> Kept() =>
        !Spec.IsKept ? [] : Weights.Entries(train.Averaging is Averaging.None ? Weights.Flat : state.Average);

    public void Load(SafeTensorFile file, string path)
    {
        Weights.Load(file, path);
        state.Load(file, path, Prefix);
    }

    /// <summary>Whether weights and optimizer state are finite.</summary>
    public bool AreFinite => Weights.AreFinite && state.AreFinite;

    public void Dispose()
    {
        optimizer.Dispose();
        state.Dispose();
        network.Dispose();
    }

    /// <summary>Names of the optimizer's tensors in a saved state begin with it.</summary>
    public string Prefix => $"optimizer.{Spec.Name}";
}
