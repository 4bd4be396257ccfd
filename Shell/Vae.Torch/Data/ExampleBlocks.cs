namespace Vae.Torch;

/// <summary>Blocks of examples that lie beside each other in a file.</summary>
internal static class ExampleBlocks
{
    /// <summary>Number of examples of a block, where a file has no blocks of its own.</summary>
    public const int Length = 256;

    /// <summary>The block of each example of files with the given numbers of examples; a block lies in one file.</summary>
    public static int[] OfFiles(IEnumerable<int> counts)
    {
        var (blocks, first) = (new List<int>(), 0);
        foreach (var count in counts)
        {
            for (var i = 0; i < count; i++)
                blocks.Add(first + i / Length);
            first += (count + Length - 1) / Length;
        }
        return [.. blocks];
    }
}
