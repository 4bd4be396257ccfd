namespace Vae.Benchmarks;

/// <summary>Makes a tenth of the cells missing: of each column some at random, and of three more of those whose value is extreme.</summary>
internal static class Holes
{
    private const double AtRandom = 0.06;

    // The average share of the cells of the three columns that is missing by their own values.
    private const double ByValue = 0.2;

    /// <summary>The cells of a row, empty where missing. Those that make a row anomalous stay.</summary>
    public static string[] Cut(string[] cells, Person person, string kind, Random random)
    {
        var kept = Anomalous(kind);
        return [.. cells.Select((cell, i) =>
        {
            var draw = random.NextDouble();
            var isMissing = draw < AtRandom || draw < AtRandom + ByValue * 2 * Extreme(Person.Columns[i], person);
            return i > 0 && isMissing && !kept.Contains(Person.Columns[i]) ? "" : cell;
        })];
    }

    // High incomes and weights are kept private, and who is dissatisfied does not answer; in [0, 1], on average about a half.
    private static double Extreme(string column, Person person) => column switch
    {
        "income" => 1 / (1 + Math.Exp(-3 * Math.Log(person.Income / 32_000))),
        "weight" => 1 / (1 + Math.Exp(-(person.Weight - 75) / 8)),
        "satisfaction" => person.Satisfaction switch { "poor" => 1, "fair" => 0.8, "good" => 0.5, "very good" => 0.2, _ => 0 },
        _ => 0,
    };

    private static ValueList<string> Anomalous(string kind) => kind switch
    {
        "outlier" => ["income", "commute", "weight"],
        "wrong region" => ["city", "region"],
        "tall and light" => ["height", "weight"],
        "joined as a child" => ["age", "joined"],
        _ => [],
    };
}
