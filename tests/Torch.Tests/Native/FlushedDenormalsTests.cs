using Vae.Torch.Tests;
using static TorchSharp.torch;

namespace Vae.Tests;

public class FlushedDenormalsTests
{
    // Enough values for every thread to have some.
    private const int Many = 1 << 20;

    [Fact]
    public void TinyNumbersAreZeroWithinAndThereAgainAfterwards()
    {
        Assert.Equal(Many, Kept());
        using (new FlushedDenormals())
            Assert.Equal(FlushedDenormals.Exists ? 0 : Many, Kept());
        Assert.Equal(Many, Kept());
    }

    [Fact]
    public void TrainingLeavesTheThreadAsItWas()
    {
        using var folder = new TemporaryFolder();
        Trainer.Train(Samples.Tiny, Samples.Data(Samples.Tiny.Model), new(folder.Run()));
        Assert.Equal(Many, Kept());
        Assert.True(float.Epsilon > 0 && float.Epsilon * 2 > float.Epsilon);
    }

    private static long Kept()
    {
        using var scope = NewDisposeScope();
        return full(Many, 1e-30).mul(full(Many, 1e-10)).gt(zeros(1)).sum().item<long>();
    }
}
