using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Vae.Torch;

/// <summary>A page's title, its data as JSON, and its weights in base64.</summary>
internal sealed record PageText(string Title, string Data, string Weights);

/// <summary>
/// The files of the page, put together into one. Its content security policy allows exactly this style sheet and this script, by their
/// hashes, and no address at all.
/// </summary>
internal static partial class PageTemplate
{
    // In the order in which they refer to each other.
    private static readonly string[] Scripts = [
        "operators.js", "layers.js", "graph.js", "columns.js", "model.js", "picture.js", "rows.js", "map.js", "controls.js", "strips.js",
        "page.js"];

    /// <summary>The script of the page.</summary>
    public static string Script => string.Concat(Scripts.Select(Read));

    /// <summary>The page as HTML.</summary>
    public static string Fill(PageText page)
    {
        var (style, script) = ($"\n{Read("explore.css")}", $"\n{Script}");
        var policy = $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; base-uri 'none'; form-action 'none'";
        return Places().Replace(Read("explore.html"), place => place.Groups[1].Value switch
        {
            "title" => WebUtility.HtmlEncode(page.Title),
            "policy" => policy,
            "style" => style,
            "script" => script,
            "data" => page.Data,
            _ => page.Weights,
        });
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    // Browsers hash what they read, in which lines end with \n.
    private static string Read(string name)
    {
        using var stream = typeof(PageTemplate).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\{\{(title|policy|style|script|data|weights)\}\}")]
    private static partial Regex Places();
}
