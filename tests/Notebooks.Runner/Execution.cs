using System.Text.Json.Nodes;

namespace Vae.Notebooks;

/// <summary>Executes notebooks from a clean state.</summary>
public static class Execution
{
    /// <summary>
    /// Executes a notebook in a session of its own, with an empty folder as its working directory; outputs by cell, the last of them an
    /// error where one failed.
    /// </summary>
    /// <param name="notebook">The notebook.</param>
    /// <param name="feed">The packages of this repository that it runs on.</param>
    /// <param name="limit">The most time it may take.</param>
    /// <exception cref="TimeoutException">It ran longer than the limit and was ended.</exception>
    public static IReadOnlyDictionary<string, JsonArray> Run(Notebook notebook, Feed feed, TimeSpan limit)
    {
        var folder = Directory.CreateTempSubdirectory("vae-notebook-");
        try
        {
            using var session = new ToolSession(
                notebook.Language ?? throw new InvalidDataException($"{notebook.Name}: must have a kernelspec of .NET"),
                folder.FullName, feed.Environment, limit);
            var outputs = new Dictionary<string, JsonArray>();
            foreach (var cell in notebook.Code)
            {
                outputs[cell.Id] = Run(session, feed, cell);
                if (Outputs.Failures(cell.Id, outputs[cell.Id]).Any())
                    break;
            }
            return outputs;
        }
        catch (TimeoutException e)
        {
            throw new TimeoutException($"{notebook.Name}: {e.Message}", e);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // What the tool shows of packages names folders of the machine: only failures are of interest.
    private static JsonArray Run(ToolSession session, Feed feed, Cell cell)
    {
        var references = Packages.ReferenceLines(cell.Source);
        if (references.Count > 0)
        {
            var loaded = session.Run(feed.Pinned(string.Join('\n', references)));
            if (loaded.Any(output => (string?)output!["output_type"] == "error"))
                return loaded;
        }
        return session.Run(Packages.Without(cell.Source));
    }
}
