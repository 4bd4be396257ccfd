using System.Buffers.Binary;
using System.Text;
using Google.Protobuf;
using Tensorboard;

namespace Vae.Torch.Tests;

/// <summary>Files for TensorBoard, read by the messages that its own schema generates.</summary>
public sealed class TensorBoardLogTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("", 0u)]
    [InlineData("123456789", 0xE3069283u)]
    public void TheChecksumIsCastagnolis(string text, uint crc) => Assert.Equal(crc, Crc32C.Compute(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void EveryEpochIsThereWithItsNumbersAndAPicture()
    {
        var (result, events) = Logged(TinyRuns.Of(Zoo.Mlp(TinyRuns.Input, 2, 16)), TinyRuns.Digits());
        Assert.Equal("brain.Event:2", events[0].FileVersion);
        foreach (var entry in result.History)
        {
            var values = events.Where(e => e.Step == entry.Step).SelectMany(e => e.Summary.Value).ToDictionary(v => v.Tag);
            Assert.Equal((float)entry.Train.NegElbo!.Value, values["negElbo/train"].SimpleValue);
            Assert.Equal((float)entry.Validation.Kl!.Value, values["kl/test"].SimpleValue);
            Assert.Equal((float)entry.LearningRate, values["settings/learning rate"].SimpleValue);
            var image = values["samples"].Image;
            Assert.Equal(ByteString.CopyFrom(0x89, (byte)'P', (byte)'N', (byte)'G'),
                ByteString.CopyFrom(image.EncodedImageString.Span[..4]));
            Assert.True(image is { Colorspace: 1, Width: > 100, Height: > 100 });
        }
        Assert.All(events, e => Assert.InRange(e.WallTime, 1.7e9, 1e11));
    }

    [Fact]
    public void AResumedRunBeginsAFileThatTakesBackLaterSteps()
    {
        var (experiment, data) = (TinyRuns.Of(Zoo.Mlp(TinyRuns.Input, 2, 16), epochs: 1), TinyRuns.Digits());
        Logged(experiment, data);
        var (result, events) = Logged(experiment.With(train: TrainRecipes.Stretched(experiment.Train, 2)), data, resume: true);
        var restart = Assert.Single(events, e => e.WhatCase == Event.WhatOneofCase.SessionLog);
        Assert.Equal((SessionLog.Types.SessionStatus.Start, result.History[0].Step + 1), (restart.SessionLog.Status, restart.Step));
        Assert.Equal(2, Directory.GetFiles(folder.Run(), "events.out.tfevents.*").Length);
    }

    [Fact]
    public void WhatARunDoesNotHaveIsLeftOut()
    {
        var point = Samples.Tiny.With(model: Samples.Tiny.Model.With(posterior: Posteriors.Point), objective: Objectives.Reconstruction);
        var (_, events) = Logged(point, Samples.Data(point.Model));
        var tags = events.Where(e => e.Summary is not null).SelectMany(e => e.Summary.Value).Select(v => v.Tag).ToHashSet();
        Assert.Contains("reconstruction/train", tags);
        Assert.DoesNotContain(tags, tag => tag.StartsWith("kl", StringComparison.Ordinal) || tag == "samples");
    }

    private (TrainResult Result, List<Event> Events) Logged(Experiment experiment, DataSplit data, bool resume = false)
    {
        var earlier = resume ? Directory.GetFiles(folder.Run(), "events.*") : [];
        var received = 0;
        using var log = new TensorBoardLog(new Each(_ => received++), RunPictures.Summary);
        var result = Trainer.Train(experiment, data, new(folder.Run(), resume, Threads: 1), log);
        Assert.True(received > experiment.Train.Epochs);
        // Read while it is open, as TensorBoard does.
        using var stream = new FileStream(Directory.GetFiles(folder.Run(), "events.*").Except(earlier).Single(), FileMode.Open,
            FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return (result, Records(bytes));
    }

    private static List<Event> Records(byte[] bytes)
    {
        var events = new List<Event>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at));
            Assert.Equal(Crc32C.Masked(bytes.AsSpan(at, 8)), BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 8)));
            Assert.Equal(Crc32C.Masked(bytes.AsSpan(at + 12, length)),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at + 12 + length)));
            events.Add(Event.Parser.ParseFrom(bytes, at + 12, length));
            at += length + 16;
        }
        return events;
    }
}
