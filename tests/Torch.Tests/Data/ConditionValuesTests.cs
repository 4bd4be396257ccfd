using System.IO.Compression;
using System.Text;

namespace Vae.Torch.Tests;

public sealed class ConditionValuesTests : IDisposable
{
    private static readonly Dataset Three =
        Dataset.Create("three", Shape.Vector(2), Pixels.OfBytes(new byte[6]), new int[] { 0, 1, 0 }, ["a", "b"]);

    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void ConditionsGoWithTheirItems()
    {
        var conditioned = Three.WithConditions(new float[] { 1, 2, 3, 4, 5, 6 }, 2);
        Assert.Equal((2, 2), (conditioned.ConditionWidth, conditioned.Facts().ConditionValues));
        Assert.Equal([5, 6, 1, 2], conditioned.Take([2, 0]).ConditionValues.ToArray());
        Assert.Equal(Three.Labels.ToArray(), conditioned.Labels.ToArray());
        Assert.Equal(0, Three.Facts().ConditionValues);
    }

    [Theory]
    [InlineData(5, 2, 0f, "three.conditions: must be 2 values for each of 3 items, got 5 values")]
    [InlineData(6, 0, 0f, "three.conditions: must have at least 1 value for each item, got 0")]
    [InlineData(6, 2, float.NaN, "three.conditions[2, 1]: must be finite, got NaN")]
    [InlineData(6, 2, float.PositiveInfinity, "three.conditions[2, 1]: must be finite, got Infinity")]
    public void ConditionsThatAreNotOneForEachItemAreRefused(int count, int width, float last, string message)
    {
        var values = new float[count];
        values[^1] = last;
        Assert.Equal(message, Assert.Throws<VaeException>(() => Three.WithConditions(values, width)).Message);
    }

    [Fact]
    public void AnArchiveGivesConditionsUnderC()
    {
        var data = NumpyFiles.Read(Npz(("x", "(3, 2)", new float[6]), ("c", "(3, 2)", [1, 2, 3, 4, 5, -6])));
        Assert.Equal([1, 2, 3, 4, 5, -6], data.ConditionValues.ToArray());
        Assert.Equal(1, NumpyFiles.Read(Npz(("x", "(3, 2)", new float[6]), ("conditions", "(3,)", [1, 2, 3]))).ConditionWidth);
        var split = Splits.Divide(data, 0.34, 0.34, 1);
        Assert.All(new[] { split.Train, split.Validation, split.Test }, part => Assert.Equal(2 * part.Count, part.ConditionValues.Length));
    }

    [Theory]
    [InlineData("(2, 2)", 4, 0f, ":c: must hold conditions [3, W], one row for each item, got (2, 2)")]
    [InlineData("(3, 1, 1)", 3, 0f, ":c: must hold conditions [3, W], one row for each item, got (3, 1, 1)")]
    [InlineData("(3, 1)", 3, float.NaN, ".conditions[2, 0]: must be finite, got NaN")]
    public void ConditionsThatDoNotFitAreRefused(string shape, int count, float last, string message)
    {
        var values = new float[count];
        values[^1] = last;
        Assert.EndsWith(
            message, Assert.Throws<VaeException>(() => NumpyFiles.Read(Npz(("x", "(3, 2)", new float[6]), ("c", shape, values)))).Message);
    }

    private string Npz(params (string Key, string Shape, float[] Values)[] arrays)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (key, shape, values) in arrays)
            {
                using var entry = zip.CreateEntry($"{key}.npy").Open();
                var header = Encoding.ASCII.GetBytes($"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}\n");
                entry.Write([0x93, .. "NUMPY"u8, 1, 0, (byte)header.Length, 0, .. header, .. values.SelectMany(BitConverter.GetBytes)]);
            }
        return folder.Write($"{Guid.NewGuid()}.npz", bytes.ToArray());
    }
}
