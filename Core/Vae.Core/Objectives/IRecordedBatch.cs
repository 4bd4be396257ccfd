namespace Vae;

/// <summary>A batch of a recorded step.</summary>
/// <typeparam name="T">The tensor type that records.</typeparam>
internal interface IRecordedBatch<T> where T : struct, ITensor<T>
{
    /// <summary>The KL weight β of the current step, [].</summary>
    T Beta { get; }

    /// <summary>The values that change from step to step.</summary>
    Recording<T> Recording { get; }
}
