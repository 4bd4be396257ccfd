using static TorchSharp.torch;

namespace Vae.Tests;

public class CompiledStepMemoryTests
{
    [Fact]
    public void AStepLeavesNoTensorAndHardlyAnyGarbage()
    {
        using var scope = NewDisposeScope();
        var train = PairedRuns.Train(4);
        using var model = new VaeModel(Zoo.Mlp(Shape.Vector(6)), 1);
        using var state = new OptimizerState(model.Weights);
        using var step = new CompiledStep(model, state, Objectives.Elbo, train);
        var x = rand(4, 6);
        void Steps(int count)
        {
            for (var i = 0; i < count; i++)
                step.Run(x, null, new(i, 1e-3, 1, 0, i % 4 == 0));
        }
        Steps(20);
        var (tensors, bytes) = (Tensor.TotalCount, GC.GetAllocatedBytesForCurrentThread());
        Steps(400);
        Assert.Equal(tensors, Tensor.TotalCount);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - bytes) / 400, 0, 256);
    }
}
