namespace Vae.Torch;

/// <summary>The groups of rows of a table in a file, from any thread.</summary>
internal sealed class TableGroups : IDisposable
{
    private readonly ITableGroups groups;
    private readonly Lock gate = new();
    private readonly int[] starts;

    private TableGroups(string path, ITableGroups groups)
    {
        (Path, this.groups) = (path, groups);
        var count = groups.Counts.Sum(rows => (long)rows);
        VaeException.Require(count > 0 && Names.Count > 0, path, "must hold at least one row of at least one column", "none");
        VaeException.Require(count <= int.MaxValue, path, $"must hold at most {int.MaxValue} rows", count);
        starts = new int[groups.Counts.Count + 1];
        for (var i = 0; i < groups.Counts.Count; i++)
            starts[i + 1] = starts[i] + groups.Counts[i];
    }

    /// <summary>Opens a file; null if its format has no groups.</summary>
    /// <exception cref="VaeException">The file is damaged or holds no row.</exception>
    public static TableGroups? Open(string path, ITableFormat format) => Disk.Try(path, () =>
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        ITableGroups? opened = null;
        TableGroups? groups = null;
        try
        {
            opened = format.Open(stream);
            return groups = opened is null ? null : new TableGroups(path, opened);
        }
        finally
        {
            if (groups is null)
            {
                opened?.Dispose();
                stream.Dispose();
            }
        }
    });

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The columns.</summary>
    public ValueList<string> Names => groups.Names;

    /// <summary>Rows of each group.</summary>
    public ValueList<int> Counts => groups.Counts;

    /// <summary>Number of rows.</summary>
    public int Count => starts[^1];

    /// <summary>The cells of a column, one group after the other; each enumeration reads the file.</summary>
    public IEnumerable<string> Column(int column) => Enumerable.Range(0, Counts.Count).SelectMany(group => Read(group, column));

    /// <summary>The group of each row.</summary>
    public int[] OfRows() => [.. Counts.SelectMany((count, group) => Enumerable.Repeat(group, count))];

    /// <summary>The group of a row, and its place within.</summary>
    public (int Group, int Row) Find(int row)
    {
        // Of groups without rows, the search may find any that begins there.
        var group = Array.BinarySearch(starts, row) is var found && found < 0 ? ~found - 1 : found;
        while (starts[group + 1] <= row)
            group++;
        return (group, row - starts[group]);
    }

    /// <summary>The cells of a group; rows are numbered from 1.</summary>
    public TableCells Cells(int group) => new(Counts[group], column => Read(group, column), row => starts[group] + row + 1);

    /// <summary>The cells of all rows; a column at a time is in memory.</summary>
    public TableCells Cells() => new(Count, column => [.. Column(column)], row => row + 1);

    private string[] Read(int group, int column)
    {
        lock (gate)
            return Disk.Try(Path, () => groups.Read(group, column));
    }

    /// <summary>Closes the file, from which nothing is read afterwards.</summary>
    public void Dispose() => groups.Dispose();
}
