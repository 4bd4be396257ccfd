namespace Vae.Torch;

/// <summary>Finds what separates the cells of a file.</summary>
internal static class Delimiters
{
    // A comma may stand in numbers and sentences, the others seldom do: where several fit, the comma is the last.
    private static readonly char[] Known = ['\t', ';', '|', ','];

    /// <summary>The one that gives the same number of cells, at least 2, in the largest share of records; a comma if none does.</summary>
    /// <param name="head">The beginning of a file; its last record may be incomplete.</param>
    public static char Find(string head)
    {
        var best = (Share: 0.0, Delimiter: ',');
        foreach (var delimiter in Known)
        {
            var counts = Cells(head, delimiter);
            var common = counts.Where(count => count > 1).GroupBy(count => count).OrderByDescending(group => group.Count()).FirstOrDefault();
            var share = common is null ? 0 : common.Count() / (double)counts.Count;
            if (share > best.Share)
                best = (share, delimiter);
        }
        return best.Delimiter;
    }

    private static List<int> Cells(string head, char delimiter)
    {
        var (counts, cells, quoted, any) = (new List<int>(), 1, false, false);
        foreach (var c in head)
            if (c == '"')
                quoted = !quoted;
            else if (quoted)
                any = true;
            else if (c == '\n')
            {
                if (any)
                    counts.Add(cells);
                (cells, any) = (1, false);
            }
            else
            {
                cells += c == delimiter ? 1 : 0;
                any |= c is not ('\r' or ' ');
            }
        // A file of one record has no complete one.
        if (counts.Count == 0)
            counts.Add(cells);
        return counts;
    }
}
