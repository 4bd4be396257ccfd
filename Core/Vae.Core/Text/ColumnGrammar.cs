namespace Vae;

/// <summary>Reads <c>continuous*3,binary,categorical-4,count</c>.</summary>
internal static class ColumnGrammar
{
    // A text of twelve characters must not allocate gigabytes.
    private const int MaxColumns = 100_000;

    public static ValueList<Column>? Read(string text)
    {
        var columns = new List<Column>();
        foreach (var item in text.Split(','))
        {
            (Column? kind, int times) = item.Split('*') switch
            {
                [var name] => (Kind(name), 1),
                [var name, { Whole: > 0 and var count }] => (Kind(name), count),
                _ => (null, 0),
            };
            if (kind is null || times >= MaxColumns - columns.Count)
                return null;
            columns.AddRange(Enumerable.Repeat(kind, times));
        }
        return ValueList.From(columns);
    }

    private static Column? Kind(string text) => text.Split('-') switch
    {
        ["continuous"] => Columns.Continuous(),
        ["binary"] => Columns.Binary,
        ["count"] => Columns.Count,
        ["categorical", { Whole: { } classes }] => Columns.Categorical(classes),
        _ => null,
    };
}
