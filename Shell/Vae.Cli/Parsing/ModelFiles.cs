using Vae.Torch;

namespace Vae.Cli;

internal static class ModelFiles
{
    /// <summary>A model from a JSON file, or a message with the file's name.</summary>
    public static VaeSpec Read(string path)
    {
        try
        {
            return SpecJson.ReadModel(File.ReadAllText(path)).Match(
                spec => spec,
                problems => throw new VaeException(string.Join(Environment.NewLine, problems.Select(problem => $"{path}: {problem}"))));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new VaeException($"{path}: must be a readable file, got: {e.Message}", e);
        }
    }
}
