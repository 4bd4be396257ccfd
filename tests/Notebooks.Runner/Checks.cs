using System.Text.Json.Nodes;

namespace Vae.Notebooks;

/// <summary>Checks notebooks of this repository, and brings what is stored in them up to date.</summary>
public static class Checks
{
    /// <summary>More than any notebook needs on two slow cores that others share.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(20);

    /// <summary>The root of the repository that this was built in.</summary>
    public static string Repository { get; } = Above(new(AppContext.BaseDirectory));

    /// <summary>The notebooks whose names contain one of those given, or all.</summary>
    public static IReadOnlyList<Notebook> Chosen(params string[] names) =>
        [.. Notebook.In(Path.Combine(Repository, "notebooks"))
            .Where(notebook => names.Length == 0 || names.Any(name => notebook.Name.Contains(name, StringComparison.Ordinal)))];

    /// <summary>Everything that is wrong with a notebook: its form, what it does, what is stored of that.</summary>
    public static IReadOnlyList<string> Problems(Notebook notebook, Feed feed)
    {
        var form = Form(notebook);
        return form.Count > 0 ? form : Differences(notebook, Execution.Run(notebook, feed, Limit));
    }

    /// <summary>Everything that is wrong with a notebook's file.</summary>
    public static IReadOnlyList<string> Form(Notebook notebook) => Rules.Problems(notebook, Packages.Known(Repository));

    /// <summary>How what is stored differs from what was produced.</summary>
    public static IReadOnlyList<string> Differences(Notebook notebook, IReadOnlyDictionary<string, JsonArray> produced) =>
    [
        .. produced.SelectMany(cell => Outputs.Failures(cell.Key, cell.Value)),
        .. notebook.Code.Where(cell => produced.ContainsKey(cell.Id))
        .SelectMany(cell => Outputs.Differences(cell.Id, cell.Outputs, produced[cell.Id], cell.Tolerance)),
    ];

    /// <summary>
    /// Executes a notebook, stores its outputs and writes its paired script; changes nothing and reports the problems if there are any.
    /// </summary>
    public static IReadOnlyList<string> Update(Notebook notebook, Feed feed)
    {
        foreach (var cell in notebook.Code)
            cell.Outputs = [];
        var problems = Form(notebook);
        if (problems.Count > 0)
            return problems;
        var produced = Execution.Run(notebook, feed, Limit);
        problems = [.. produced.SelectMany(cell => Outputs.Failures(cell.Key, cell.Value))];
        if (problems.Count > 0)
            return problems;
        foreach (var (cell, i) in notebook.Code.Select((cell, i) => (cell, i)))
        {
            cell.Outputs = produced[cell.Id].DeepClone().AsArray();
            cell.Node["execution_count"] = i + 1;
        }
        File.WriteAllText(notebook.Path, notebook.Text);
        File.WriteAllText(PairedScripts.PathOf(notebook), PairedScripts.Write(notebook));
        return [];
    }

    private static string Above(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "Vae.sln")) ? folder.FullName
        : Above(folder.Parent ?? throw new DirectoryNotFoundException($"no Vae.sln above {AppContext.BaseDirectory}"));
}
