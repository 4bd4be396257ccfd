namespace Vae.Benchmarks;

/// <summary>A table whose structure, holes and anomalies are known.</summary>
/// <param name="Complete">The cells of each row, anomalies planted.</param>
/// <param name="Shown">The same cells, empty where they are missing.</param>
/// <param name="Anomalies">The kind of the anomaly of each row; empty for an ordinary row.</param>
internal sealed record MadeTable(IReadOnlyList<string[]> Complete, IReadOnlyList<string[]> Shown, IReadOnlyList<string> Anomalies)
{
    public static readonly ValueList<string> Kinds = ["outlier", "wrong region", "tall and light", "joined as a child", "mixed rows"];

    private const double AnomalousShare = 0.01;

    /// <summary>Draws a table: a hundredth of its rows are anomalous, an equal number of each kind, and a tenth of its cells missing.</summary>
    public static MadeTable Draw(int rows, int seed)
    {
        var people = People.Draw(rows, seed);
        var (random, kinds) = (new Random(seed + 1_000_000), new string[rows]);
        Array.Fill(kinds, "");
        int[] places = [.. Enumerable.Range(0, rows)];
        random.Shuffle(places);
        var each = Math.Max(1, (int)Math.Round(AnomalousShare * rows / Kinds.Count));
        var planted = people.ToList();
        foreach (var (i, place) in places.Take(each * Kinds.Count).Index())
        {
            kinds[place] = Kinds[i % Kinds.Count];
            planted[place] = Planted(kinds[place], people, place, random);
        }
        List<string[]> complete = [.. planted.Select(person => person.Cells())];
        return new(complete, [.. complete.Select((cells, i) => Holes.Cut(cells, planted[i], kinds[i], random))], kinds);
    }

    private static Person Planted(string kind, List<Person> people, int place, Random random)
    {
        var own = people[place];
        Person Other() => people[random.Next(people.Count)];
        switch (kind)
        {
            case "outlier":
                var factor = 8 + 12 * random.NextDouble();
                return random.Next(3) switch
                {
                    0 => own with { Income = own.Income * factor },
                    1 => own with { Commute = own.Commute * factor },
                    _ => own with { Weight = own.Weight * (2.5 + random.NextDouble()) },
                };
            case "wrong region":
                return own with { Region = Another(own.Region, () => Other().Region) };
            // Either number is one that many have.
            case "tall and light":
                return own with { Height = 190 + 3 * random.NextDouble(), Weight = 47 + 3 * random.NextDouble() };
            case "joined as a child":
                var age = 25 + random.Next(8);
                return own with { Age = age, Joined = People.Today.AddYears(8 + random.Next(4) - age).AddDays(-random.Next(365)) };
            default:
                return new(own.Name, Other().Sex, Other().Age, Other().City, Other().Region, Other().Education, Other().Job,
                    Other().Income, Other().Height, Other().Weight, Other().Children, Other().Visits, Other().Spend,
                    Other().Satisfaction, Other().Commute, Other().Joined);
        }
    }

    private static string Another(string than, Func<string> draw)
    {
        var drawn = draw();
        return drawn == than ? Another(than, draw) : drawn;
    }
}
