namespace Vae.Torch.Tests;

/// <summary>Environment variables that have given values until disposed; null removes one.</summary>
internal sealed class Variables : IDisposable
{
    private readonly List<(string Name, string? Before)> before;

    public Variables(params (string Name, string? Value)[] values)
    {
        before = [.. values.Select(variable => (variable.Name, Environment.GetEnvironmentVariable(variable.Name)))];
        foreach (var (name, value) in values)
            Environment.SetEnvironmentVariable(name, value);
    }

    public void Dispose() => before.ForEach(variable => Environment.SetEnvironmentVariable(variable.Name, variable.Before));
}
