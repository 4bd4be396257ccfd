namespace Vae.Torch.Tests;

/// <summary>What cannot fit is refused before memory is taken, in the library as in the command.</summary>
public class MemoryLimitTests
{
    [Fact]
    public void DrawsAndStepsThatCannotFitAreRefused()
    {
        using var model = new VaeModel(Samples.Tiny.Model.With(likelihood: Likelihoods.Normal()), 1);
        const int many = int.MaxValue;
        var before = GC.GetTotalAllocatedBytes();
        foreach (var draw in new Action[] { () => model.Sample(many, 1), () => model.DrawRows(many, 1) })
            Assert.StartsWith("memory: must hold 2,147,483,647 draws", Assert.Throws<VaeException>(draw).Message, StringComparison.Ordinal);
        var large = Samples.Tiny.With(objective: Objectives.ImportanceWeighted(1_000_000_000));
        using var folder = new TemporaryFolder();
        Assert.StartsWith("memory: must hold a step of 4 examples with 1,000,000,000 draws each", Assert.Throws<VaeException>(() =>
            Trainer.Train(large, Samples.Data(large.Model), new(folder.Run()))).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.Run()));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);
    }
}
