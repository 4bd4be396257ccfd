namespace Vae;

/// <summary>What a column of a table holds, one number per row.</summary>
[Closed]
public abstract partial record Column
{
    /// <summary>Real numbers, by a normal distribution. The decoder gives mean and ln σ in units of the deviation.</summary>
    /// <param name="Mean">About the column's mean, which networks see as 0.</param>
    /// <param name="Deviation">About the column's standard deviation, which networks see as 1; &gt; 0.</param>
    public sealed partial record Continuous(double Mean = 0, double Deviation = 1) : Column
    {
        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.Finite($"{path}.mean", Mean), .. Rules.Positive($"{path}.deviation", Deviation)];

        // Each has a mean and a deviation of its own, and all are computed together.
        internal override bool IsLike(Column other) => other is Continuous;

        internal override ILikelihood Family(ValueList<Column> alike) => new ContinuousColumns(ValueList.From(alike.OfType<Continuous>()));
    }

    /// <summary>0 or 1, by a Bernoulli distribution. The decoder gives a logit.</summary>
    public sealed partial record Binary : Column
    {
        internal override ValueList<Problem> Problems(ValueFacts values, string path) => DataRules.Classes(values, path, 2);

        internal override ILikelihood Family(ValueList<Column> alike) => new Likelihood.Bernoulli();
    }

    /// <summary>One of 0 … classes − 1. The decoder gives a logit of each; the encoder's input is one-hot.</summary>
    /// <param name="Classes">≥ 2.</param>
    public sealed partial record Categorical(int Classes) : Column
    {
        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.classes", Classes, 2), .. Rules.Size($"{path}.classes", Classes)];

        internal override ValueList<Problem> Problems(ValueFacts values, string path) => DataRules.Classes(values, path, Classes);

        internal override ILikelihood Family(ValueList<Column> alike) => new ClassColumns(Classes);
    }

    /// <summary>
    /// 0, 1, 2, …, by a negative binomial. The decoder gives ln of mean and dispersion; the encoder's input is ln(1 + x).
    /// </summary>
    public sealed partial record Count : Column
    {
        internal override ValueList<Problem> Problems(ValueFacts values, string path) =>
            DataRules.Counts(values, path, "a column of counts");

        internal override ILikelihood Family(ValueList<Column> alike) => new CountColumns();
    }

    /// <summary>Problems of its own numbers.</summary>
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Problems of data for it.</summary>
    internal virtual ValueList<Problem> Problems(ValueFacts values, string path) => [];

    /// <summary>Whether a neighbouring column can be computed together with this one.</summary>
    internal virtual bool IsLike(Column other) => this == other;

    /// <summary>The family of neighbouring columns that are alike, this one first.</summary>
    internal abstract ILikelihood Family(ValueList<Column> alike);
}

/// <summary>Columns by name.</summary>
public static class Columns
{
    /// <summary>Real numbers.</summary>
    /// <param name="mean">About their mean.</param>
    /// <param name="deviation">About their standard deviation; &gt; 0.</param>
    public static Column Continuous(double mean = 0, double deviation = 1) => new Column.Continuous(mean, deviation);

    /// <summary>0 or 1.</summary>
    public static Column Binary { get; } = new Column.Binary();

    /// <summary>0 … classes − 1.</summary>
    /// <param name="classes">≥ 2.</param>
    public static Column Categorical(int classes) => new Column.Categorical(classes);

    /// <summary>0, 1, 2, ….</summary>
    public static Column Count { get; } = new Column.Count();
}
