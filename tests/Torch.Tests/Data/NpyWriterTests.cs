namespace Vae.Torch.Tests;

public sealed class NpyWriterTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(3)]
    [InlineData(2, 5000)]
    [InlineData(2, 3, 4)]
    [InlineData(0, 4)]
    public void WhatIsWrittenIsReadBack(params int[] dims)
    {
        var values = Enumerable.Range(0, dims.Aggregate(1, (size, dim) => size * dim)).Select(i => i / 7f).ToArray();
        var path = Path.Combine(folder.Path, "it.npy");
        NpyWriter.Write(path, values, dims);
        var read = Npy.Read(path);
        Assert.Equal(("<f4", string.Join(',', dims)), (read.Dtype, string.Join(',', read.Shape)));
        Assert.Equal(values, read.Floats());
        // NumPy maps files whose values begin at a multiple of 64 bytes.
        Assert.Equal(0, (new FileInfo(path).Length - 4 * values.Length) % 64);
    }
}
