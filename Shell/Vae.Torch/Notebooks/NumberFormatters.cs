namespace Vae.Torch;

/// <summary>Shows the result of a run, loss terms, an evaluation, a diagnosis and data as tables.</summary>
internal sealed class NumberFormatters
{
    /// <summary>By convention.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        .. TypeFormatter.Tables<TrainResult>(NumberTables.Of),
        .. TypeFormatter.Tables<Terms>(NumberTables.Of), .. TypeFormatter.Tables<Evaluation>(NumberTables.Of), .. TypeFormatter.Tables<Diagnosis>(NumberTables.Of),
        .. TypeFormatter.Tables<DataSplit>(NumberTables.Of),
    ];
}
