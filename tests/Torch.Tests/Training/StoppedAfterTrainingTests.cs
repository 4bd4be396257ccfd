namespace Vae.Torch.Tests;

/// <summary>A run that is asked to stop after its last epoch ends without measuring, and is completed when it is resumed.</summary>
public class StoppedAfterTrainingTests
{
    private sealed class Counting(Action write) : IRunReporter
    {
        public int Written { get; private set; }

        public void Write(RunFolder folder, TrainResult result, DataSplit data, string device)
        {
            write();
            using var model = folder.LoadModel(device);
            new Evaluator(model, data.Test, Binarizations.None, 1).Terms();
            Written++;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ItEndsAtOnceAndGoesOnLater(bool inReport)
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var held = Samples.Tiny.With(data: Samples.Tiny.Data.With(validation: 0.2));
        var data = Samples.Data(held.Model);
        var reporter = new Counting(() => { if (inReport) stop.Cancel(); });
        var result = Trainer.Train(held, data, new(folder.Run(), Reporter: reporter), new Each(received =>
        {
            if (!inReport && received is TrainEvent.EpochEnded { Entry.Epoch: 3 })
                stop.Cancel();
        }), stop.Token);
        Assert.Equal((Outcome.Interrupted, 3, 0), (result.Outcome, result.Epochs, reporter.Written));
        var whole = Trainer.Train(held, data, new(folder.Run("whole")));
        Assert.Equal(File.ReadAllBytes(RunFolder.Open(folder.Run("whole")).ModelFile), File.ReadAllBytes(RunFolder.Open(folder.Run()).ModelFile));
        var later = new Counting(() => { });
        var resumed = Trainer.Train(held, data, new(folder.Run(), Resume: true, Reporter: later));
        Assert.Equal((Outcome.Completed, whole.Test, 1), (resumed.Outcome, resumed.Test, later.Written));
    }
}
