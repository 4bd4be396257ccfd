using System.Buffers.Binary;
using System.Text;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>A .npy file that is read in parts is the one that is held in memory.</summary>
public sealed class NpyStoreTests : IDisposable
{
    private const int Count = 23;

    private readonly TemporaryFolder folder = new();

    public static TheoryData<string, string, bool> Files => new()
    {
        { "|u1", "levels", false }, { "|u1", "bits", false }, { "<f4", "fractions", false }, { "<f4", "levels", false }, { "<f4", "bits", false },
        { ">f8", "fractions", false }, { "<i2", "levels", false }, { "<f4", "reals", true }, { ">i4", "levels", true },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public void ItHasTheSameExamplesAndFacts(string dtype, string kind, bool raw)
    {
        foreach (var dims in new[] { [Count, 6], [Count, 4, 3], new[] { Count, 3, 2, 3 }, [Count, 2, 2, 3] })
        {
            var (held, read) = Both(dtype, kind, raw, dims);
            Assert.NotNull(read.Pixels.Stored);
            Assert.Null(held.Pixels.Stored);
            Assert.Equal((held.Shape, held.Facts(), held.Pixels.IsBinary), (read.Shape, read.Facts(), read.Pixels.IsBinary));
            Assert.Equal(Values(held.Take([22, 0, 7])), Values(read.Take([22, 0, 7])));
            Assert.Equal(Values(held), Values(read));
            Assert.Equal(DataMoments.Compute(held, Binarizations.None), DataMoments.Compute(read, Binarizations.None));
            Assert.Equal(Batch(held), Batch(read));
        }
    }

    [Theory]
    [InlineData("|u1", "levels", false)]
    [InlineData("<f4", "reals", true)]
    public void ItTrainsToTheSameBits(string dtype, string kind, bool raw)
    {
        var path = Write(dtype, kind, [Count, 6]);
        var runs = new[] { 0, 1 }.Select(memory =>
        {
            var data = DataSources.Load(path, new(Validation: 0.1, Test: 0.2, RawValues: raw, Memory: memory));
            Assert.Equal(memory == 1, data.Train.Pixels.Stored is not null);
            var experiment = Samples.Tiny.With(
                model: Samples.Tiny.Model.With(likelihood: raw ? Likelihoods.Normal(1) : Likelihoods.CrossEntropy),
                data: new("file", Binarizations.None, 0.1, RawValues: raw));
            var result = Trainer.Train(experiment, data, new(folder.Run($"{memory}"), Threads: 1));
            return (result.Test, Convert.ToHexString(File.ReadAllBytes(RunFolder.Open(result.Run).ModelFile)));
        }).ToList();
        Assert.Equal(runs[0], runs[1]);
    }

    [Fact]
    public void WhatAFileCannotHoldIsOneSentence()
    {
        string Error(string path, bool masked = false) => Assert.Throws<VaeException>(() =>
            DataSources.Load(path, new(Memory: 1, Masked: masked))).Message.Replace(path, "FILE", StringComparison.Ordinal);
        Assert.Equal("FILE, item 22, value 5: must be a number in [0, 1], or a whole number in 0..255, got -1 (data.rawValues=true takes numbers as they are)",
            Error(Write("<f4", "last is negative", [Count, 6])));
        Assert.StartsWith("FILE, item 0, value 2: must be at most 1, since FILE, item 0, value 1 is the fraction 0.5, got 2",
            Error(Write("<f4", "mixed", [Count, 6])));
        var cut = Write("|u1", "levels", [Count, 6]);
        File.WriteAllBytes(cut, File.ReadAllBytes(cut)[..^1]);
        Assert.StartsWith("FILE: must have the 266 bytes that its header announces, got 265", Error(cut));
        Assert.StartsWith("data.masked: must be false for a file that is read in parts",
            Error(Write("<f4", "fractions", [Count, 6]), masked: true));
    }

    private (Dataset Held, Dataset Read) Both(string dtype, string kind, bool raw, int[] dims)
    {
        var path = Write(dtype, kind, dims);
        return (NumpyFiles.Read(path, new(raw)), NumpyFiles.ReadInParts(path, new(raw), 1000));
    }

    private static float[] Values(Dataset data)
    {
        var values = new float[data.Pixels.Length];
        data.Pixels.CopyTo(0, values);
        return values;
    }

    private static double[] Batch(Dataset data)
    {
        using var scope = NewDisposeScope();
        using var source = new BatchSource(data, Conditions.None, Binarizations.None, 5, 1, CPU);
        source.Shuffle(1);
        return source.At(2, Purpose.Binarize, 0).Values.ToDoubles();
    }

    private string Write(string dtype, string kind, int[] dims)
    {
        var random = KeyedRandom.FromSeed(3);
        var count = dims.Aggregate(1, (product, dim) => product * dim);
        double At(int i) => kind switch
        {
            "levels" => random.Below(256, i),
            "bits" => random.Below(2, i),
            "fractions" => Math.Round(random.Uniform(i), 3),
            "last is negative" => i == count - 1 ? -1 : 1,
            "mixed" => i == 1 ? 0.5 : i,
            _ => Math.Round(20 * random.Uniform(i) - 10, 3),
        };
        var header = $"{{'descr': '{dtype}', 'fortran_order': False, 'shape': ({string.Join(", ", dims)}), }}".PadRight(117) + "\n";
        using var file = new MemoryStream();
        file.Write([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0]);
        file.Write(Encoding.ASCII.GetBytes(header));
        for (var i = 0; i < count; i++)
        {
            var value = new byte[8];
            var size = NpyValues.Size(dtype);
            switch (dtype[1..])
            {
                case "u1": value[0] = (byte)At(i); break;
                case "i2": BinaryPrimitives.WriteInt16LittleEndian(value, (short)At(i)); break;
                case "i4": BinaryPrimitives.WriteInt32LittleEndian(value, (int)At(i)); break;
                case "f4": BinaryPrimitives.WriteSingleLittleEndian(value, (float)At(i)); break;
                default: BinaryPrimitives.WriteDoubleLittleEndian(value, At(i)); break;
            }
            if (dtype[0] == '>')
                value.AsSpan(0, size).Reverse();
            file.Write(value, 0, size);
        }
        var path = Path.Combine(folder.Path, $"{Guid.NewGuid():N}.npy");
        File.WriteAllBytes(path, file.ToArray());
        return path;
    }
}
