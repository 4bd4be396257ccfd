namespace Vae.Notebooks;

/// <summary>A language of notebooks: as Jupyter, as Polyglot Notebooks and as .NET know it.</summary>
/// <param name="Kernel">The kernelspec's name.</param>
/// <param name="Display">The kernelspec's name for people.</param>
/// <param name="Name">The kernelspec's language.</param>
/// <param name="Polyglot">The kernel's name in Polyglot Notebooks.</param>
/// <param name="ScriptExtension">The ending of the file that runs without a notebook.</param>
public sealed record Language(string Kernel, string Display, string Name, string Polyglot, string ScriptExtension)
{
    /// <summary>C#.</summary>
    public static Language CSharp { get; } = new(".net-csharp", ".NET (C#)", "C#", "csharp", ".cs");

    /// <summary>F#.</summary>
    public static Language FSharp { get; } = new(".net-fsharp", ".NET (F#)", "F#", "fsharp", ".fsx");

    /// <summary>The language of a kernelspec's name, or null.</summary>
    public static Language? FromKernel(string kernel) => new[] { CSharp, FSharp }.FirstOrDefault(language => language.Kernel == kernel);
}
