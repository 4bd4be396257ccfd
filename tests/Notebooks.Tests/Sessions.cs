namespace Vae.Notebooks.Tests;

/// <summary>A session of each language without packages, for cells that need nothing of other cells.</summary>
public sealed class Sessions : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("vae-sessions-");
    private readonly Dictionary<string, ToolSession> open = [];

    public ToolSession Of(string language) => open.TryGetValue(language, out var session) ? session
        : open[language] = new(language == "csharp" ? Language.CSharp : Language.FSharp, Path.Combine(folder.FullName, language),
            new Dictionary<string, string>(), Checks.Limit);

    public void Dispose()
    {
        foreach (var session in open.Values)
            session.Dispose();
        folder.Delete(recursive: true);
    }
}
