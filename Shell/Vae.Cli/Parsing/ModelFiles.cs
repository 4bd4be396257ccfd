using Vae.Torch;

namespace Vae.Cli;

internal static class ModelFiles
{
    /// <summary>Reads a model from a JSON file.</summary>
    /// <exception cref="VaeException">The file cannot be read or is not a valid model; the message names it.</exception>
    public static VaeSpec Read(string path)
    {
        try
        {
            return SpecJson.ReadModel(File.ReadAllText(path)).Match(
                spec => spec,
                problems => throw new VaeException(
                    string.Join(Environment.NewLine, problems.Select(problem => $"{path}: {problem}"))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"{path}: must be a readable file, got: {e.Message}", e);
        }
    }
}
