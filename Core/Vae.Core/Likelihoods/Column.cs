namespace Vae;

/// <summary>The kind of a table's column, which holds one number for each row.</summary>
[Closed]
public abstract partial record Column
{
    /// <summary>Real numbers, with a normal distribution. The decoder outputs the mean and ln σ in units of the deviation.</summary>
    /// <param name="Mean">Approximately the column's mean, which networks see as 0.</param>
    /// <param name="Deviation">Approximately the column's standard deviation, which networks see as 1; &gt; 0.</param>
    public sealed partial record Continuous(double Mean = 0, double Deviation = 1) : Column
    {
        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.Finite($"{path}.mean", Mean), .. Rules.Positive($"{path}.deviation", Deviation)];

        // Continuous columns are computed together, each with its own mean and deviation.
        internal override bool IsLike(Column other) => other is Continuous;

        internal override ILikelihood Family(ValueList<Column> alike) => new ContinuousColumns(ValueList.From(alike.OfType<Continuous>()));
    }

    /// <summary>
    /// Numbers greater than 0, with a log-normal distribution. The decoder outputs the centre and ln σ of the logarithm, in units of the
    /// column.
    /// </summary>
    /// <param name="Mean">Approximately the column's mean; &gt; 0.</param>
    /// <param name="Deviation">Approximately the column's standard deviation; &gt; 0.</param>
    public sealed partial record Positive(double Mean = 1, double Deviation = 1) : Column
    {
        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.Positive($"{path}.mean", Mean), .. Rules.Positive($"{path}.deviation", Deviation)];

        internal override ValueList<Problem> Problems(ValueFacts values, string path) =>
            DataRules.Positive(values, path, "a positive column");

        internal override bool IsLike(Column other) => other is Positive;

        internal override ILikelihood Family(ValueList<Column> alike) => new PositiveColumns(ValueList.From(alike.OfType<Positive>()));
    }

    /// <summary>
    /// One of the ordered levels 0, 1, …, n − 1. The decoder outputs n − 1 numbers, as of <see cref="Likelihood.Ordinal"/>.
    /// </summary>
    /// <param name="Levels">n; in [2, 256].</param>
    public sealed partial record Ordinal(int Levels) : Column
    {
        internal override ValueList<Problem> Problems(string path) => Alone.Problems(Shape.Vector(1), path);

        internal override ValueList<Problem> Problems(ValueFacts values, string path) => DataRules.Classes(values, path, Levels);

        internal override ILikelihood Family(ValueList<Column> alike) => Alone;

        private ILikelihood Alone => new Likelihood.Ordinal(Levels);
    }

    /// <summary>0 or 1, with a Bernoulli distribution. The decoder outputs a logit.</summary>
    public sealed partial record Binary : Column
    {
        internal override ValueList<Problem> Problems(ValueFacts values, string path) => DataRules.Classes(values, path, 2);

        internal override ILikelihood Family(ValueList<Column> alike) => new Likelihood.Bernoulli();
    }

    /// <summary>One of 0 … classes − 1. The decoder outputs a logit for each; the encoder's input is one-hot.</summary>
    /// <param name="Classes">Number of classes; ≥ 2.</param>
    public sealed partial record Categorical(int Classes) : Column
    {
        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.classes", Classes, 2), .. Rules.Size($"{path}.classes", Classes)];

        internal override ValueList<Problem> Problems(ValueFacts values, string path) => DataRules.Classes(values, path, Classes);

        internal override ILikelihood Family(ValueList<Column> alike) => new ClassColumns(Classes);
    }

    /// <summary>
    /// 0, 1, 2, …, with a negative binomial distribution. The decoder outputs ln of mean and dispersion; the encoder's input is ln(1 +
    /// x).
    /// </summary>
    public sealed partial record Count : Column
    {
        internal override ValueList<Problem> Problems(ValueFacts values, string path) =>
            DataRules.Counts(values, path, "a column of counts");

        internal override ILikelihood Family(ValueList<Column> alike) => new CountColumns();
    }

    /// <summary>Problems of the column's own numbers.</summary>
    internal virtual ValueList<Problem> Problems(string path) => [];

    /// <summary>Problems of data in this column.</summary>
    internal virtual ValueList<Problem> Problems(ValueFacts values, string path) => [];

    /// <summary>Whether a neighbouring column can be computed together with this one.</summary>
    internal virtual bool IsLike(Column other) => this == other;

    /// <summary>The family of a run of similar columns, of which this one is the first.</summary>
    internal abstract ILikelihood Family(ValueList<Column> alike);
}

/// <summary>Columns by name.</summary>
public static class Columns
{
    /// <summary>Real numbers.</summary>
    /// <param name="mean">Approximately their mean.</param>
    /// <param name="deviation">Approximately their standard deviation; &gt; 0.</param>
    public static Column Continuous(double mean = 0, double deviation = 1) => new Column.Continuous(mean, deviation);

    /// <summary>Numbers greater than 0.</summary>
    /// <param name="mean">Approximately their mean; &gt; 0.</param>
    /// <param name="deviation">Approximately their standard deviation; &gt; 0.</param>
    public static Column Positive(double mean = 1, double deviation = 1) => new Column.Positive(mean, deviation);

    /// <summary>One of the ordered levels 0, 1, …, n − 1.</summary>
    /// <param name="levels">n; in [2, 256].</param>
    public static Column Ordinal(int levels) => new Column.Ordinal(levels);

    /// <summary>0 or 1.</summary>
    public static Column Binary { get; } = new Column.Binary();

    /// <summary>One of 0 … classes − 1.</summary>
    /// <param name="classes">Number of classes; ≥ 2.</param>
    public static Column Categorical(int classes) => new Column.Categorical(classes);

    /// <summary>0, 1, 2, ….</summary>
    public static Column Count { get; } = new Column.Count();
}
