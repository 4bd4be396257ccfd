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
}
