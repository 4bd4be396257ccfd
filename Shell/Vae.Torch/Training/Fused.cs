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
    {
        this.state = state;
        program = jit.compile(OptimizerProgram.Function(train));
        buffers = [weights.Flat, weights.Gradient, state.First, state.Second, state.Steps, state.Rate, state.Average, state.Skipped];
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
