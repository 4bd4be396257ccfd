using System.Globalization;

namespace Vae.Benchmarks;

/// <summary>A row of the made table, complete.</summary>
/// <param name="Name">A different text in every row.</param>
/// <param name="Sex">Half of them female.</param>
/// <param name="Age">Whole years, 18 to 85.</param>
/// <param name="City">One of twelve, of unequal sizes.</param>
/// <param name="Region">That of the city.</param>
/// <param name="Education">One of five, lower for the old.</param>
/// <param name="Job">One of eight, by education and age.</param>
/// <param name="Income">Log-normal, by education, age, job and city.</param>
/// <param name="Height">Normal, by sex; cm.</param>
/// <param name="Weight">The square of the height times a body mass index that grows with age; kg.</param>
/// <param name="Children">Poisson, by age.</param>
/// <param name="Visits">Negative binomial, by satisfaction.</param>
/// <param name="Spend">0 for many, else log-normal by income.</param>
/// <param name="Satisfaction">A word of a scale.</param>
/// <param name="Commute">Log-normal, by the size of the city; km.</param>
/// <param name="Joined">A day after the eighteenth birthday, within twenty years before 2025.</param>
internal sealed record Person(
    string Name, string Sex, int Age, string City, string Region, string Education, string Job, double Income, double Height,
    double Weight, int Children, int Visits, double Spend, string Satisfaction, double Commute, DateTime Joined)
{
    public static readonly ValueList<string> Columns = [
        "name", "sex", "age", "city", "region", "education", "job", "income", "height", "weight", "children", "visits", "spend",
        "satisfaction", "commute", "joined"];

    public string[] Cells() => [
        Name, Sex, Whole(Age), City, Region, Education, Job, Fixed(Income, 0), Fixed(Height, 1), Fixed(Weight, 1), Whole(Children),
        Whole(Visits), Fixed(Spend, 2), Satisfaction, Fixed(Commute, 1), Joined.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)];

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Fixed(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);
}
