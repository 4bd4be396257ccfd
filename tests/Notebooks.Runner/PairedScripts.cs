using System.Text;

namespace Vae.Notebooks;

/// <summary>A notebook as a file that runs without a notebook: a file-based C# app, or an F# script.</summary>
public static class PairedScripts
{
    /// <summary>The path of a notebook's paired script, beside it.</summary>
    public static string PathOf(Notebook notebook) => Path.ChangeExtension(notebook.Path, notebook.Language!.ScriptExtension);

    /// <summary>The text of the paired script.</summary>
    public static string Write(Notebook notebook) =>
        notebook.Language == Language.CSharp ? CSharpPairedScript.Write(notebook) : FSharpPairedScript.Write(notebook);

    /// <summary>The packages of the first cell.</summary>
    internal static IEnumerable<PackageLine> PackageLines(Notebook notebook) =>
        notebook.Code.Take(1).SelectMany(cell => Packages.ReferenceLines(cell.Source)).Select(Packages.Parse).OfType<PackageLine>();

    /// <summary>Prose as comments, a line each.</summary>
    internal static string Comment(string prose) => string.Concat(prose.Split('\n').Select(line => $"// {line}".TrimEnd() + "\n"));

    /// <summary>The name of a picture that a cell shows.</summary>
    internal static string NameOf(Notebook notebook, Cell cell) => $"{notebook.Name}-{cell.Id}";

    /// <summary>The first lines of a paired script.</summary>
    internal static string Head(Notebook notebook, string run) =>
        $"// {Path.GetFileName(notebook.Path)} as a program: {run} {Path.GetFileName(PathOf(notebook))}\n"
        + "// It is generated; change the notebook, and then: dotnet run -c Release --project tests/Notebooks.Runner -- update\n";

    /// <summary>Cells in their order, one empty line between them.</summary>
    internal static string Body(Notebook notebook, Func<Cell, string> code)
    {
        var text = new StringBuilder();
        foreach (var cell in notebook.Cells)
        {
            var part = (cell.IsCode ? code(cell) : Comment(cell.Source)).Trim('\n');
            if (part.Length > 0)
                text.Append('\n').Append(part).Append('\n');
        }
        return $"{text}";
    }
}
