namespace Vae;

public static partial class Likelihoods
{
    /// <summary>The family of a table: for each column that a model sees, the one of its kind.</summary>
    /// <param name="schema">The columns.</param>
    /// <param name="isMasked">Whether cells may be missing.</param>
    public static Likelihood OfTable(TableSchema schema, bool isMasked)
    {
        var columns = OfColumns(ValueList.From(schema.Modelled.SelectMany(column => Items(column.Kind))));
        return isMasked ? Masked(columns) : columns;
    }

    // Numbers are standardized before they are rounded to 32 bits, so their mean is 0 and their deviation 1 here.
    private static IEnumerable<Column> Items(ColumnKind kind) => kind switch
    {
        ColumnKind.Binary => [Vae.Columns.Binary],
        ColumnKind.Ordinal ordinal => [Vae.Columns.Categorical(ordinal.Levels.Count)],
        ColumnKind.Categorical categorical => [Vae.Columns.Categorical(categorical.Classes)],
        ColumnKind.Count => [Vae.Columns.Count],
        _ => Enumerable.Repeat(Vae.Columns.Continuous(), kind.Width),
    };
}
