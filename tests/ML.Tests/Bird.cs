using Microsoft.Data.Analysis;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch.Tests;

/// <summary>A made-up bird: its measures follow from its species, and some of its cells are missing.</summary>
internal sealed class Bird
{
    public string Species { get; init; } = "";

    public string Sex { get; init; } = "";

    public float Bill { get; init; }

    public double Mass { get; init; }

    public int Eggs { get; init; }

    public bool Ringed { get; init; }

    public DateTime Seen { get; init; }

    [VectorType(2)]
    public float[] Wings { get; init; } = [];

    public string Name { get; init; } = "";

    public static Bird[] All { get; } = [.. Enumerable.Range(0, 240).Select(Make)];

    public static IDataView View(MLContext context) => context.Data.LoadFromEnumerable(All);

    /// <summary>The same birds without wings, which a data frame has no column for.</summary>
    public static DataFrame Frame(bool hasHoles = true) => new(
        new StringDataFrameColumn("Species", All.Select(bird => bird.Species)),
        new StringDataFrameColumn("Sex", All.Select(bird => bird.Sex.Length == 0 ? null : bird.Sex)),
        new SingleDataFrameColumn("Bill", All.Select(bird => float.IsNaN(bird.Bill) ? (float?)null : bird.Bill)),
        new DoubleDataFrameColumn("Mass", All.Select(bird => bird.Mass)),
        new Int32DataFrameColumn("Eggs", All.Select((bird, i) => hasHoles && i % 40 == 7 ? (int?)null : bird.Eggs)),
        new BooleanDataFrameColumn("Ringed", All.Select(bird => bird.Ringed)),
        new DateTimeDataFrameColumn("Seen", All.Select(bird => bird.Seen == default ? (DateTime?)null : bird.Seen)));

    private static Bird Make(int i)
    {
        var random = new Random(i);
        var kind = random.Next(3);
        double Noise() => random.NextDouble() - 0.5;
        return new()
        {
            Species = new[] { "auk", "gull", "tern" }[kind],
            Sex = random.Next(8) == 0 ? "" : random.Next(2) == 0 ? "female" : "male",
            Bill = random.Next(8) == 0 ? float.NaN : (float)Math.Round(30 + 8 * kind + 3 * Noise(), 1),
            Mass = Math.Round(900.5 - 300 * kind + 100 * Noise(), 2),
            Eggs = 1 + kind + random.Next(3),
            Ringed = random.Next(4) == 0,
            Seen = random.Next(9) == 0 ? default : new DateTime(2019, 1, 1).AddDays(random.Next(900)),
            Wings = [(float)(20 + 5 * kind + Noise()), (float)(40 + 9 * kind + 2 * Noise())],
            Name = $"bird {i}",
        };
    }
}
