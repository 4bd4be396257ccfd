using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch.Tests;

/// <summary>However a run's folder is damaged, the error names the file and is not a stack trace.</summary>
public sealed class RunFolderLawTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly DataSplit data = Samples.Data(Samples.Tiny.Model);

    public RunFolderLawTests() => Trainer.Train(Samples.Tiny, data, new(folder.Run()));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void AShortenedOrSwollenFileIsNamed()
    {
        foreach (var name in new[] { "model.safetensors", "optimizer.safetensors" })
        {
            var bytes = File.ReadAllBytes(At(name));
            foreach (var length in new[] { 0, 7, 8, 9, bytes.Length / 3, bytes.Length - 1 })
                Refused(name, bytes[..length]);
            Refused(name, [.. bytes, 0]);
            foreach (var header in new ulong[] { 0, 1, (ulong)bytes.Length, 100_000_001, long.MaxValue, ulong.MaxValue })
            {
                var swollen = bytes.ToArray();
                BinaryPrimitives.WriteUInt64LittleEndian(swollen, header);
                Refused(name, swollen);
            }
            File.WriteAllBytes(At(name), bytes);
        }
    }

    [Fact]
    public void ARunThatWasKilledAtItsFirstFileStartsAgain()
    {
        Directory.CreateDirectory(folder.Run("killed"));
        File.WriteAllText(Path.Combine(folder.Run("killed"), "experiment.json.tmp"), "{");
        Trainer.Train(Samples.Tiny, data, new(folder.Run("killed")));
        Assert.False(File.Exists(Path.Combine(folder.Run("killed"), "experiment.json.tmp")));
    }

    [Fact]
    public void AFlippedBitIsHarmlessOrNamed()
    {
        var random = KeyedRandom.FromSeed(1);
        foreach (var name in new[] { "model.safetensors", "optimizer.safetensors" })
        {
            var bytes = File.ReadAllBytes(At(name));
            var header = 8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            for (var i = 0; i < 150; i++)
            {
                var flipped = bytes.ToArray();
                flipped[random.Below(header, 2 * i)] ^= (byte)(1 << random.Below(8, 2 * i + 1));
                File.WriteAllBytes(At(name), flipped);
                if (Record.Exception(() => Use(name)) is { } error)
                    Assert.Contains(name, Assert.IsType<VaeException>(error).Message, StringComparison.Ordinal);
            }
            File.WriteAllBytes(At(name), bytes);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\u0000\u0001")]
    public void AnExperimentThatIsNoneIsNamed(string text) => Refused("experiment.json", Encoding.UTF8.GetBytes(text), "model.safetensors");

    [Fact]
    public void AnExperimentWithProblemsIsNamed()
    {
        var text = File.ReadAllText(At("experiment.json"));
        Refused("experiment.json", Encoding.UTF8.GetBytes(text.Replace("\"latent\": 2", "\"latent\": 0", StringComparison.Ordinal)),
            "model.safetensors");
    }

    [Theory]
    [InlineData("garbage\n")]
    [InlineData("null\n")]
    [InlineData("[1]\n")]
    [InlineData("{}\n")]
    [InlineData(
        "{\"epoch\":1,\"step\":3,\"seconds\":1,\"imagesPerSecond\":1,\"learningRate\":1,\"beta\":1,\"train\":null,\"held\":null}\n")]
    public void AHistoryThatIsNoneIsNamed(string text) => Refused("history.jsonl", Encoding.UTF8.GetBytes(text), "optimizer.safetensors");

    [Fact]
    public void AHistoryOfAnEarlierVersionReads()
    {
        var run = RunFolder.Open(folder.Run());
        var history = run.History();
        var text = File.ReadAllText(At("history.jsonl"));
        File.WriteAllText(At("history.jsonl"), text.Replace("\"validation\":", "\"held\":", StringComparison.Ordinal));
        Assert.NotEqual(text, File.ReadAllText(At("history.jsonl")));
        Assert.Equal(history, run.History());
        run.Write(history);
        Assert.Equal(text, File.ReadAllText(At("history.jsonl")));
        var both = text.Replace("\"validation\":", "\"held\":null,\"validation\":", StringComparison.Ordinal);
        Refused("history.jsonl", Encoding.UTF8.GetBytes(both), "optimizer.safetensors");
    }

    [Theory]
    [InlineData("step", "-1")]
    [InlineData("step", "1.5")]
    [InlineData("step", "1E300")]
    [InlineData("step", "many")]
    [InlineData("bestEpoch", "NaN")]
    [InlineData("totals.loss", "Infinity")]
    [InlineData("totals.examples", "1E300")]
    public void AStateThatCannotBeIsNamed(string key, string value)
    {
        var state = SafeTensors.Read(At("optimizer.safetensors"));
        SafeTensors.Write(At("optimizer.safetensors"), state.Tensors, new Dictionary<string, string>(state.Metadata) { [key] = value });
        Assert.Contains($"{key}", Refusal("optimizer.safetensors"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batch")]
    [InlineData("stepsPerEpoch")]
    public void ADifferenceFromTheExperimentNamesTheStateToo(string key)
    {
        var state = SafeTensors.Read(At("optimizer.safetensors"));
        SafeTensors.Write(At("optimizer.safetensors"), state.Tensors, new Dictionary<string, string>(state.Metadata) { [key] = "9999" });
        Assert.Matches("9999.* by optimizer.safetensors", Refusal("optimizer.safetensors"));
    }

    [Fact]
    public void WeightsThatAreNotTheModelsAreNamed()
    {
        foreach (var name in new[] { "model.safetensors", "optimizer.safetensors" })
        {
            var file = SafeTensors.Read(At(name));
            var weight = file.Tensors.First(t => t.Name == "encoder.0.weight");
            Replace([.. weight.Shape.Reverse()], weight.Dtype, weight.Data.ToArray(), "shape");
            Replace(weight.Shape, "F32", [.. BitConverter.GetBytes(float.NaN), .. weight.Data.ToArray()[4..]], "finite");
            Replace(weight.Shape, "I64", new byte[8 * weight.Data.Length / 4], "I64");
            SafeTensors.Write(At(name), file.Tensors.Where(t => t != weight), file.Metadata);
            Assert.Contains("encoder.0.weight", Refusal(name), StringComparison.Ordinal);
            SafeTensors.Write(At(name), file.Tensors, file.Metadata);

            void Replace(IReadOnlyList<long> shape, string dtype, byte[] bytes, string said)
            {
                SafeTensors.Write(
                    At(name), file.Tensors.Select(t => t == weight ? new("encoder.0.weight", dtype, [.. shape], bytes) : t), file.Metadata);
                Assert.Contains(said, Refusal(name), StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void AnotherModelIsRefusedAndLeavesTheFolderAsItWas()
    {
        var before = File.ReadAllBytes(At("experiment.json"));
        var other = Samples.Tiny.With(model: Samples.Tiny.Model.With(latent: 3));
        Assert.Contains("optimizer.safetensors", Assert.Throws<VaeException>(
            () => Trainer.Train(other, data, new(folder.Run(), Resume: true))).Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(At("experiment.json")));
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        File.Delete(At("model.safetensors"));
        Assert.Contains("model.safetensors", Refusal("model.safetensors"), StringComparison.Ordinal);
        File.Delete(At("experiment.json"));
        Assert.Contains("experiment.json", Assert.Throws<VaeException>(() => RunFolder.Open(folder.Run())).Message,
            StringComparison.Ordinal);
        Assert.Contains("no-such-run", Assert.Throws<VaeException>(() => RunFolder.Open(folder.Run("no-such-run"))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AFolderInUseIsRefused()
    {
        using (RunFolder.Open(folder.Run()).Lock())
            Assert.StartsWith(folder.Run(), Assert.Throws<VaeException>(
                () => Trainer.Train(Samples.Tiny, data, new(folder.Run(), Resume: true))).Message, StringComparison.Ordinal);
        Trainer.Train(Samples.Tiny, data, new(folder.Run(), Resume: true));
        Assert.False(File.Exists(At("run.lock")));
    }

    [Fact]
    public void ANewRunNeedsANewOrEmptyFolder()
    {
        Assert.StartsWith("out: must be a new or empty folder", Message(folder.Run()), StringComparison.Ordinal);
        Assert.StartsWith("out: must be a new or empty folder", Message(At("history.jsonl")), StringComparison.Ordinal);
        Assert.StartsWith("out: must be", Message(At("history.jsonl/run")), StringComparison.Ordinal);
        Directory.CreateDirectory(folder.Run("empty"));
        Assert.Equal(Outcome.Completed, Trainer.Train(Samples.Tiny, data, new(folder.Run("empty"))).Outcome);
        string Message(string path) => Assert.Throws<VaeException>(() => Trainer.Train(Samples.Tiny, data, new(path))).Message;
    }

    [Fact]
    public void ARefusedResumeLeavesNoTensor()
    {
        File.WriteAllBytes(At("optimizer.safetensors"), [1, 2, 3]);
        var before = Samples.HeldTensors();
        Refusal("optimizer.safetensors");
        Assert.Equal(before, TorchSharp.torch.Tensor.TotalCount);
    }

    private string At(string name) => folder.Run($"run/{name}");

    private void Refused(string name, byte[] bytes, string? used = null)
    {
        File.WriteAllBytes(At(name), bytes);
        Assert.Contains(name, Refusal(used ?? name), StringComparison.Ordinal);
    }

    private string Refusal(string used) => Assert.Throws<VaeException>(() => Use(used)).Message;

    /// <summary>The model file is used by loading the model, any other by going on with the run.</summary>
    private void Use(string name)
    {
        if (name == "model.safetensors")
            RunFolder.Open(folder.Run()).LoadModel().Dispose();
        else
            using (new TrainingRun(Samples.Tiny, data, new(folder.Run(), Resume: true), RunFolder.Open(folder.Run()),
                new Each(_ => { }), Pace.Usual))
                return;
    }
}
