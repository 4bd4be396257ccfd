namespace Vae.Torch;

/// <summary>
/// A file format of tables beside .csv and .tsv, as <c>ParquetTables.Format</c> of the package Vae.Parquet. Must be thread-safe.
/// </summary>
public interface ITableFormat
{
    /// <summary>How its files end, such as <c>.parquet</c>.</summary>
    string Extension { get; }

    /// <summary>Reads all columns whose cells have a text.</summary>
    /// <param name="stream">The file, from its beginning; can seek.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    TableTexts Read(Stream stream);

    /// <summary>Writes a table.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="table">The names and cells.</param>
    void Write(Stream stream, TableTexts table);

    /// <summary>Opens a file whose rows are read in groups; null if the format has none.</summary>
    /// <param name="stream">The file, which is disposed with the result; can seek.</param>
    /// <exception cref="InvalidDataException">The file is damaged or of another format.</exception>
    ITableGroups? Open(Stream stream) => null;
}

/// <summary>A table whose rows lie in groups, of which one is read at a time. Not thread-safe.</summary>
public interface ITableGroups : IDisposable
{
    /// <summary>The columns whose cells have a text.</summary>
    ValueList<string> Names { get; }

    /// <summary>Number of rows of each group.</summary>
    ValueList<int> Counts { get; }

    /// <summary>The cells of a column in a group; empty for a missing cell.</summary>
    /// <param name="group">The group, from 0.</param>
    /// <param name="column">The column, from 0.</param>
    /// <exception cref="InvalidDataException">The group is damaged.</exception>
    string[] Read(int group, int column);
}
