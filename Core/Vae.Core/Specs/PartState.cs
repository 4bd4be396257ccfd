namespace Vae;

/// <summary>What a part of a model is given beside its arguments: its own tensors by name, and when it is asked.</summary>
public sealed class PartState<T> where T : struct, ITensor<T>
{
    private readonly Func<string, T> find;

    /// <summary>Tensors by name, with a time.</summary>
    /// <param name="find">The tensor of a name that the part has asked for.</param>
    /// <param name="training">Whether the part is being trained.</param>
    /// <param name="epoch">How far, in epochs.</param>
    public PartState(Func<string, T> find, bool training = false, double epoch = 0) => (this.find, Training, Epoch) = (find, training, epoch);

    /// <summary>Of a part that has no tensors; <see cref="InvalidOperationException"/> where it asks for one.</summary>
    public static PartState<T> Empty { get; } = new(name => throw new InvalidOperationException($"{name}: must be a tensor of the part, got a part without tensors"));

    /// <summary>Whether the part is being trained.</summary>
    public bool Training { get; }

    /// <summary>How far training has come, in epochs.</summary>
    public double Epoch { get; }

    /// <summary>The tensor of a name.</summary>
    public T this[string name] => find(name);

    /// <summary>That of a part within the part, whose tensors are named after it.</summary>
    internal PartState<T> Within(string part) => new(name => find($"{part}.{name}"), Training, Epoch);
}
