namespace Vae.Torch;

/// <summary>The core's procedural digits as a data set: nothing is downloaded, and every machine makes the same.</summary>
public static class EmbeddedDigits
{
    /// <summary>The name of the set.</summary>
    public const string Name = "digits";

    private static readonly string[] Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];

    // The set itself is one of many that the core can draw; users of the name share this one, whatever the seed of a run.
    private const ulong Seed = 0;

    /// <summary>60,000 to train and validate on, 10,000 to test on; drawn in about a second.</summary>
    public static DataSplit Load(DataOptions options) => Splits.Divide(
        Draw(0, Digits.TrainCount), Draw(Digits.TrainCount, Digits.TestCount), options.Validation, options.Seed);

    private static Dataset Draw(int first, int count)
    {
        const int Size = Digits.Width * Digits.Height;
        var pixels = new byte[count * Size];
        var labels = new int[count];
        Parallel.For(0, count, i =>
        {
            Digits.Draw(Seed, first + i, pixels.AsSpan(i * Size, Size));
            labels[i] = Digits.Label(Seed, first + i);
        });
        return Dataset.Of(Name, Shape.Image(1, Digits.Height, Digits.Width), Pixels.OfBytes(pixels), labels, Classes);
    }
}
