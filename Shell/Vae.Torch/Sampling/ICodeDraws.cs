using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Draws of codes as a function of noise.</summary>
internal interface ICodeDraws : IDisposable
{
    /// <summary>How many numbers from N(0, 1) a draw takes.</summary>
    int Noise { get; }

    /// <summary>Noise [B, N] (with conditions c [B, W]) → [B, D].</summary>
    Tensor Draw(Tensor noise, Tensor? condition);
}
