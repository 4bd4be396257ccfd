namespace Vae;

/// <summary>What a part of a model is given beside its arguments: its own tensors and networks by name, and when it is asked.</summary>
public sealed class PartState<T> where T : struct, ITensor<T>
{
    private readonly Func<string, T> find;
    private readonly PartRunner<T> run;
    private readonly PartMemory<T> once;

    /// <summary>Tensors by name, with a time.</summary>
    /// <param name="find">The tensor of a name that the part has asked for.</param>
    /// <param name="training">Whether the part is being trained.</param>
    /// <param name="epoch">How far, in epochs.</param>
    /// <param name="run">What a network of the part gives; none for a part without networks.</param>
    /// <param name="once">Keeps what was made of a tensor; by default it is made anew.</param>
    public PartState(
        Func<string, T> find, bool training = false, double epoch = 0, PartRunner<T>? run = null, PartMemory<T>? once = null) =>
        (this.find, Training, Epoch, this.run, this.once) = (find, training, epoch, run ?? NoNetworks, once ?? ((_, _, make) => make()));

    /// <summary>Of a part that has no tensors; <see cref="InvalidOperationException"/> where it asks for one.</summary>
    public static PartState<T> Empty { get; } = new(name =>
        throw new InvalidOperationException($"{name}: must be a tensor of the part, got a part without tensors"));

    /// <summary>Whether the part is being trained.</summary>
    public bool Training { get; }

    /// <summary>How far training has come, in epochs.</summary>
    public double Epoch { get; }

    /// <summary>The tensor of a name.</summary>
    public T this[string name] => find(name);

    /// <summary>
    /// What the part's network of a name gives for rows, [B, …] → [B, …]. Asked twice within a step for the same rows, it gives the same:
    /// what it drops is by name and step.
    /// </summary>
    public T Run(string network, T rows) => run(network, rows, false);

    /// <summary>The same with tensors and networks whose derivative by their weights is 0.</summary>
    public PartState<T> Held => new(name => T.StopGradient(find(name)), Training, Epoch, (network, rows, _) => run(network, rows, true));

    /// <summary>That of a part within the part, whose tensors are named after it.</summary>
    internal PartState<T> Within(string part) =>
        new(name => find($"{part}.{name}"), Training, Epoch, (network, rows, held) => run($"{part}.{network}", rows, held), once);

    /// <summary>What is made of a tensor under a name, once for all states that share a memory.</summary>
    internal TValue Once<TValue>(string name, T of, Func<TValue> make) where TValue : notnull => (TValue)once(name, of, () => make());

    private static T NoNetworks(string network, T rows, bool held) =>
        throw new InvalidOperationException($"{network}: must be a network of the part, got a part without networks");
}

/// <summary>What a network of a part gives for rows, [B, …] → [B, …].</summary>
/// <param name="network">Its name.</param>
/// <param name="rows">What it takes.</param>
/// <param name="held">Whether its weights are constants.</param>
public delegate T PartRunner<T>(string network, T rows, bool held) where T : struct, ITensor<T>;

/// <summary>What was made of a tensor under a name before, else what is made now.</summary>
/// <param name="name">Of what is made.</param>
/// <param name="of">The tensor, as itself and not by value.</param>
/// <param name="make">Makes it.</param>
public delegate object PartMemory<T>(string name, T of, Func<object> make) where T : struct, ITensor<T>;
