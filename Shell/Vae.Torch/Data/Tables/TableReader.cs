namespace Vae.Torch;

/// <summary>Reads tables by a schema.</summary>
public static class TableReader
{
    /// <summary>
    /// All rows of a .csv or .tsv file, or one of the format, as examples of a schema. Columns are found by name, in any order; others are
    /// ignored. <see cref="VaeException"/> names each column with a cell that it cannot hold, or that is not there.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">The columns of the run.</param>
    /// <param name="isMasked">Whether cells may be missing; then the examples have a mask.</param>
    /// <param name="format">
    /// A format beside .csv and .tsv, such as <c>ParquetTables.Format</c> of the package Vae.Parquet; null for none.
    /// </param>
    public static Dataset Read(string path, TableSchema schema, bool isMasked = false, ITableFormat? format = null)
    {
        var data = TableFile.Open(path, format, schema.DecimalComma).Read(schema, isMasked);
        return isMasked ? data.WithMask() : data;
    }
}
