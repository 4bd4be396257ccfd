using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Clipping, optimizer and averaging over the flat buffers in one native call.</summary>
internal sealed class Fused : IDisposable
{
    private readonly jit.CompilationUnit program;
    private readonly object[] buffers;
    private readonly OptimizerState state;

    public Fused(Weights weights, OptimizerState state, TrainSpec train)
        : this(train, state, new(weights.Flat, weights.Gradient, state.First, state.Second, state.Average))
    {
    }

    /// <summary>Creates the update of a part of the weights.</summary>
    public Fused(TrainSpec train, OptimizerState state, UpdatedPart part)
    {
        this.state = state;
        program = jit.compile(OptimizerProgram.Function(train));
        buffers = [part.Flat, part.Gradient, part.First, part.Second, state.Steps, state.Rate, part.Average, state.Skipped];
    }

    /// <summary>Updates the weights by their current gradient.</summary>
    public void Step(double learningRate)
    {
        using var noGrad = no_grad();
        state.Rate.Set(learningRate);
        program.invoke<Tensor>("update", buffers).Dispose();
    }

    public void Dispose() => program.Dispose();
}

/// <summary>The tensors that an update reads and writes, of equal lengths.</summary>
/// <param name="Flat">Weights.</param>
/// <param name="Gradient">Their gradient.</param>
/// <param name="First">First moments.</param>
/// <param name="Second">Second moments.</param>
/// <param name="Average">Moving average.</param>
internal sealed record UpdatedPart(Tensor Flat, Tensor Gradient, Tensor First, Tensor Second, Tensor Average);
