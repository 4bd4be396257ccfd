namespace Vae.Notebooks;

/// <summary>What a cell came to: the value of its last expression, or what went wrong.</summary>
/// <param name="Value">Null where there is none.</param>
/// <param name="Error">Null where all went well.</param>
public sealed record Evaluated(object? Value, string? Error);

/// <summary>An engine that keeps what cells defined.</summary>
public interface IKernel
{
    /// <summary>Runs a cell after all before it.</summary>
    Evaluated Run(string source);
}

/// <summary>Engines by language.</summary>
public static class Kernels
{
    /// <summary>The assemblies that cells use: those that this process runs on, so that there is one TorchSharp.</summary>
    public static IReadOnlyList<System.Reflection.Assembly> Libraries { get; } =
        [typeof(VaeSpec).Assembly, typeof(FSharp.Nums).Assembly, typeof(Torch.VaeException).Assembly, typeof(Torch.Picture).Assembly,
            typeof(TorchSharp.torch).Assembly];

    /// <summary>A fresh engine.</summary>
    public static IKernel Create(Language language) => language == Language.CSharp ? new CSharpKernel() : new FSharpKernel();
}
