namespace Vae.Torch;

/// <summary>An anomaly score divided among the columns of a table.</summary>
internal static class ColumnShares
{
    /// <summary>The name of the code's share.</summary>
    public const string Code = "the code";

    /// <summary>The shares of an example by column, and that of its code last. A column of several numbers has the sum of theirs.</summary>
    public static ValueList<ColumnShare> Of(AnomalyShare share, TableSchema schema)
    {
        var (shares, at) = (new List<ColumnShare>(), 0);
        foreach (var column in schema.Modelled)
        {
            shares.Add(new(column.Name, share.Values.Skip(at).Take(column.Kind.Width).Sum()));
            at += column.Kind.Width;
        }
        return ValueList.From([.. shares, new ColumnShare(Code, share.Code)]);
    }
}
