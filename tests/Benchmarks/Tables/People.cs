namespace Vae.Benchmarks;

/// <summary>Draws people whose columns depend on each other in a known way.</summary>
internal static class People
{
    public static readonly DateTime Today = new(2024, 12, 31);

    private static readonly ValueList<string> Educations = ["basic", "secondary", "vocational", "bachelor", "master"];

    private static readonly ValueList<string> Grades = ["poor", "fair", "good", "very good", "excellent"];

    // City, region, share, size.
    private static readonly ValueList<(string City, string Region, double Share, double Size)> Cities = [
        ("Northport", "North", 0.20, 1.0), ("Fernhill", "North", 0.06, 0.2), ("Oakley", "North", 0.04, 0.1),
        ("Southgate", "South", 0.16, 0.8), ("Brightwater", "South", 0.08, 0.3), ("Millbrook", "South", 0.04, 0.1),
        ("Eastbury", "East", 0.14, 0.7), ("Ashford", "East", 0.06, 0.2), ("Redcliff", "East", 0.04, 0.1),
        ("Westhaven", "West", 0.10, 0.5), ("Stonebridge", "West", 0.05, 0.2), ("Larkfield", "West", 0.03, 0.1)];

    // Job, effect of education, effect of age in units of 15 years, share, effect on the logarithm of income.
    private static readonly ValueList<(string Job, double Education, double Age, double Start, double Pay)> Jobs = [
        ("clerk", 0, 0, 0.5, 0), ("cook", -1.2, -0.3, 0, -0.15), ("driver", -1.0, 0.2, 0.2, -0.05), ("engineer", 1.4, -0.2, 0, 0.4),
        ("manager", 0.9, 0.5, -0.2, 0.55), ("nurse", 0.2, -0.1, 0.3, 0.05), ("retired", -0.2, 4.0, -6.5, -0.4), ("teacher", 1.1, 0.1, 0, 0.1)];

    public static List<Person> Draw(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(1, count).Select(i => One(random, $"person {i:00000}"))];
    }

    private static Person One(Random random, string name)
    {
        var isFemale = random.NextDouble() < 0.5;
        var age = (int)Math.Clamp(Math.Round(45 + 15 * Normal(random)), 18, 85);
        var old = (age - 45) / 15.0;
        var (city, region, _, size) = Cities[Pick(random, [.. Cities.Select(found => found.Share)])];
        var learned = Normal(random) - 0.3 * old;
        var job = Jobs[Pick(random, [.. Jobs.Select(found => Math.Exp(found.Start + found.Education * learned + found.Age * old))])];
        var income = Math.Exp(10.2 + 0.25 * learned + 0.12 * old + job.Pay + 0.15 * size + 0.2 * Normal(random));
        var height = (isFemale ? 166 : 179) + 6.5 * Normal(random);
        var weight = height * height / 1e4 * (24 + old) * Math.Exp(0.11 * Normal(random));
        var mood = Normal(random);
        var visits = Poisson(random, Math.Exp(0.6 + 0.5 * mood) * Gamma(random, 3) / 3);
        var buys = random.NextDouble() < 1 / (1 + Math.Exp(0.4 - 0.5 * mood));
        var joinedAfter = Math.Max(Today.AddYears(-20).Ticks, Today.AddYears(18 - age).AddDays(-365 * random.NextDouble()).Ticks);
        return new(
            name, isFemale ? "female" : "male", age, city, region, Educations[Cut(learned)], job.Job, income, height, weight,
            Poisson(random, 2 / (1 + Math.Exp((32 - age) / 5.0))), visits,
            buys ? Math.Exp(4 + 0.8 * Math.Log(income / 30_000) + 0.6 * Normal(random)) : 0, Grades[Cut(mood)],
            Math.Exp(2.6 - 0.8 * size + 0.5 * Normal(random)),
            new DateTime(joinedAfter).AddDays((Today.Ticks - joinedAfter) / (double)TimeSpan.TicksPerDay * random.NextDouble()).Date);
    }

    private static int Cut(double x) => x < -1.2 ? 0 : x < -0.4 ? 1 : x < 0.4 ? 2 : x < 1.2 ? 3 : 4;

    private static int Pick(Random random, double[] weights)
    {
        var left = random.NextDouble() * weights.Sum();
        return Math.Min(weights.Length - 1, Math.Max(0, Array.FindIndex(weights, weight => (left -= weight) < 0)));
    }

    public static double Normal(Random random) => Normals.Quantile(Math.Clamp(random.NextDouble(), 1e-12, 1 - 1e-12));

    /// <summary>The sum of exponential variables, for a whole shape.</summary>
    public static double Gamma(Random random, int shape) => -Enumerable.Range(0, shape).Sum(_ => Math.Log(1 - random.NextDouble()));

    /// <summary>By counting exponential waiting times.</summary>
    public static int Poisson(Random random, double mean)
    {
        var (count, passed) = (0, -Math.Log(1 - random.NextDouble()));
        while (passed < mean)
            (count, passed) = (count + 1, passed - Math.Log(1 - random.NextDouble()));
        return count;
    }
}
