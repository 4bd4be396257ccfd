using System.Text;

namespace Vae.Torch.Tests;

/// <summary>What a run does not go on from, it leaves as it was.</summary>
public sealed class StateLawTests : IDisposable
{
    private static readonly Experiment Run = Samples.Tiny.With(
        data: Samples.Tiny.Data.With(validation: 0.2), train: Samples.Tiny.Train.With(averaging: Averagings.Exponential(0.9)));

    private readonly TemporaryFolder folder = new();
    private readonly DataSplit data = Samples.Data(Run.Model);

    public StateLawTests() => Trainer.Train(Run, data, new(folder.Run()));

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ARunWithoutItsStateIsRefused()
    {
        File.Delete(At("optimizer.safetensors"));
        Refused(Run, "optimizer.safetensors: must be there");
        File.Delete(At("model.safetensors"));
        File.Delete(At("best.safetensors"));
        Refused(Run, "got only history.jsonl");
        File.Delete(At("history.jsonl"));
        Assert.Equal(Outcome.Completed, Trainer.Train(Run, data, new(folder.Run(), Resume: true)).Outcome);
    }

    [Fact]
    public void TheBestEpochTakesThePlaceOfALostState()
    {
        File.Copy(At("best.safetensors"), At("optimizer.safetensors"), overwrite: true);
        Assert.Equal(Outcome.Completed, Trainer.Train(Run, data, new(folder.Run(), Resume: true)).Outcome);
    }

    [Theory]
    [InlineData("optimizer.average", float.NaN, "finite")]
    [InlineData("optimizer.average", float.PositiveInfinity, "finite")]
    [InlineData("optimizer.first", float.NaN, "finite")]
    [InlineData("optimizer.second", float.NaN, "finite")]
    [InlineData("optimizer.second", -1f, "negative")]
    [InlineData("optimizer.steps", -1f, "negative")]
    [InlineData("optimizer.steps", 2f, "must have counted")]
    [InlineData("optimizer.steps", 1000f, "must have counted")]
    public void ADamagedTensorIsRefused(string name, float value, string said)
    {
        Change("optimizer.safetensors", name,
            t => new(name, t.Dtype, t.Shape, (byte[])[.. BitConverter.GetBytes(value), .. t.Data.ToArray()[4..]]));
        Refused(Run, said);
    }

    [Theory]
    [InlineData("encoder.0.weight")]
    [InlineData("optimizer.average")]
    [InlineData("optimizer.first")]
    public void ANumberThatIsFiniteInAWiderTypeOnlyIsRefused(string name)
    {
        Change("optimizer.safetensors", name, Wide);
        Refused(Run, "finite");
        Change("optimizer.safetensors", name, t => new(name, "I64", t.Shape, new byte[t.Data.Length]));
        Refused(Run, "F64, F32 or BF16");
    }

    [Fact]
    public void WeightsForUseAreFinite()
    {
        Change("model.safetensors", "encoder.0.weight", Wide);
        Assert.Contains(
            "finite", Assert.Throws<VaeException>(() => RunFolder.Open(folder.Run()).LoadModel()).Message,
            StringComparison.Ordinal);
        Change("best.safetensors", "optimizer.average", Wide);
        Assert.Contains(
            "finite", Assert.Throws<VaeException>(() => RunFolder.Open(folder.Run()).LoadBest()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step", "6")]
    [InlineData("step", "0")]
    [InlineData("best", "NaN")]
    [InlineData("route.step", "Fast")]
    [InlineData("route.step", "1")]
    [InlineData("route.products", "mkl")]
    [InlineData("route.precision", "7")]
    [InlineData("batch", "-1")]
    public void MetadataThatContradictsTheRestIsRefused(string key, string value)
    {
        var file = SafeTensors.Read(At("optimizer.safetensors"));
        SafeTensors.Write(At("optimizer.safetensors"), file.Tensors, new Dictionary<string, string>(file.Metadata) { [key] = value });
        Refused(Run, "");
    }

    [Fact]
    public void AnotherBatchSizeIsRefused()
    {
        Refused(Run.With(train: Run.Train.With(batch: 6)), "train.batch");
        // As if an earlier version had written it: the history tells.
        var file = SafeTensors.Read(At("optimizer.safetensors"));
        SafeTensors.Write(
            At("optimizer.safetensors"), file.Tensors,
            file.Metadata.Where(m => m.Key is not ("batch" or "stepsPerEpoch")).ToDictionary());
        Refused(Run.With(train: Run.Train.With(batch: 2)), "history.jsonl");
        Assert.Equal(Outcome.Completed, Trainer.Train(Run, data, new(folder.Run(), Resume: true)).Outcome);
    }

    [Fact]
    public void AHistoryThatCannotBeIsRefused()
    {
        var lines = File.ReadAllLines(At("history.jsonl"));
        Assert.Equal(3, lines.Length);
        foreach (var wrong in new[]
        {
            $"{lines[0]}\n{lines[0]}\n{lines[1]}\n{lines[2]}\n", $"{lines[1]}\n{lines[0]}\n{lines[2]}\n", $"{lines[0]}\n{lines[2]}\n", "",
            string.Join('\n', lines).Replace("\"epoch\":1", "\"epoch\":-1", StringComparison.Ordinal),
            string.Join('\n', lines).Replace("\"beta\":1", "\"beta\":1e999", StringComparison.Ordinal),
            string.Join('\n', lines).Replace("\"kl\":", "\"kl\":1e999,\"was\":", StringComparison.Ordinal),
        })
        {
            File.WriteAllText(At("history.jsonl"), wrong);
            Refused(Run, "history.jsonl");
        }
    }

    [Theory]
    [InlineData("history.jsonl")]
    [InlineData("best.safetensors")]
    [InlineData("model.safetensors.tmp")]
    public void AFolderInAFilesPlaceIsNoticedBeforeTraining(string name)
    {
        File.Delete(At(name));
        Directory.CreateDirectory(At(name));
        Assert.Contains($"{name}: must be a file", Refusal(Run), StringComparison.Ordinal);
    }

    private static SafeTensor Wide(SafeTensor t)
    {
        var values = new double[t.Data.Length / 4];
        values[0] = 1e300;
        return new(t.Name, "F64", t.Shape, System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
    }

    private void Change(string file, string name, Func<SafeTensor, SafeTensor> change)
    {
        var read = SafeTensors.Read(At(file));
        Assert.Contains(read.Tensors, t => t.Name == name);
        SafeTensors.Write(At(file), read.Tensors.Select(t => t.Name == name ? change(t) : t), read.Metadata);
    }

    private string At(string name) => folder.Run($"run/{name}");

    private string Refusal(Experiment experiment) => Assert.Throws<VaeException>(
        () => Trainer.Train(experiment.With(train: experiment.Train.With(epochs: 5)), data, new(folder.Run(), Resume: true))).Message;

    private void Refused(Experiment experiment, string said)
    {
        var before = Contents();
        Assert.Contains(said, Refusal(experiment), StringComparison.Ordinal);
        Assert.Equal(before, Contents());
    }

    private string Contents()
    {
        var all = new StringBuilder();
        foreach (var file in Directory.EnumerateFiles(folder.Run()).Order(StringComparer.Ordinal))
            all.Append(Path.GetFileName(file)).Append(' ').AppendLine(Convert.ToHexString(File.ReadAllBytes(file)));
        return all.ToString();
    }
}
