using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>A distribution of codes: maps noise to draws.</summary>
internal interface ICodeDraws : IDisposable
{
    /// <summary>N: values from N(0, 1) per draw.</summary>
    int Noise { get; }

    /// <summary>Codes from noise [B, N] and, for a conditional model, conditions c [B, W]. → [B, D].</summary>
    Tensor Draw(Tensor noise, Tensor? condition);
}
