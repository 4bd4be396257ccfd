namespace Vae;

/// <summary>What a column of a table holds, one number a row.</summary>
[Closed]
public abstract partial record Column
{
    /// <summary>Any real number: normal, the decoder gives mean and ln σ in units of the deviation.</summary>
    /// <param name="Mean">About the column's mean, which networks see as 0.</param>
    /// <param name="Deviation">About its standard deviation, which networks see as 1; &gt; 0.</param>
    public sealed partial record Continuous(double Mean = 0, double Deviation = 1) : Column;

    /// <summary>0 or 1: Bernoulli, the decoder gives a logit.</summary>
    public sealed partial record Binary : Column;

    /// <summary>One of 0 … classes − 1: categorical, the decoder gives a logit for each; the encoder sees it one-hot.</summary>
    /// <param name="Classes">≥ 2.</param>
    public sealed partial record Categorical(int Classes) : Column;

    /// <summary>0, 1, 2, …: negative binomial, the decoder gives ln of mean and dispersion; the encoder sees ln(1 + x).</summary>
    public sealed partial record Count : Column;
}

/// <summary>Columns by name.</summary>
public static class Columns
{
    /// <summary>Real numbers of about this mean and deviation.</summary>
    public static Column Continuous(double mean = 0, double deviation = 1) => new Column.Continuous(mean, deviation);

    /// <summary>0 or 1.</summary>
    public static Column Binary { get; } = new Column.Binary();

    /// <summary>0 … classes − 1.</summary>
    public static Column Categorical(int classes) => new Column.Categorical(classes);

    /// <summary>0, 1, 2, ….</summary>
    public static Column Count { get; } = new Column.Count();
}
