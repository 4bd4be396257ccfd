namespace Vae;

/// <summary>
/// The state that a component's formulas read besides their arguments: its tensors and networks by name, and the progress of training.
/// </summary>
/// <typeparam name="T">The tensor type.</typeparam>
public sealed class PartState<T> where T : struct, ITensor<T>
{
    private readonly Func<string, T> find;
    private readonly PartRunner<T> run;
    private readonly PartMemory<T> once;
    private readonly double epoch;

    /// <summary>A state of tensors and networks by name.</summary>
    /// <param name="find">Returns the tensor of a name.</param>
    /// <param name="training">Whether the component is being trained.</param>
    /// <param name="epoch">The progress of training, in epochs; ≥ 0.</param>
    /// <param name="run">Runs a network of the component; null if it has none.</param>
    /// <param name="once">Caches values computed from a tensor; by default nothing is cached.</param>
    public PartState(
        Func<string, T> find, bool training = false, double epoch = 0, PartRunner<T>? run = null, PartMemory<T>? once = null) =>
        (this.find, Training, this.epoch, this.run, this.once) = (find, training, epoch, run ?? NoNetworks, once ?? ((_, _, make) => make()));

    /// <summary>
    /// The state of a component without tensors. It throws <see cref="InvalidOperationException"/> when one is requested.
    /// </summary>
    public static PartState<T> Empty { get; } = new(name =>
        throw new InvalidOperationException($"{name}: must be a tensor of the part, got a part without tensors"));

    /// <summary>Whether the component is being trained.</summary>
    public bool Training { get; }

    /// <summary>The progress of training, in epochs; ≥ 0.</summary>
    public double Epoch
    {
        get
        {
            Recording?.EpochIsRead();
            return epoch;
        }
    }

    /// <summary>The values that change from step to step, if the formulas are recorded; otherwise null.</summary>
    internal Recording<T>? Recording { get; init; }

    /// <summary>The tensor of a name.</summary>
    /// <param name="name">The name within the component.</param>
    public T this[string name] => find(name);

    /// <summary>
    /// Runs a network of the component, [B, …] → [B, …]. Two calls with the same rows within a step give the same result: dropout depends
    /// on the name and the step only.
    /// </summary>
    /// <param name="network">The name of the network within the component.</param>
    /// <param name="rows">Its input, [B, …].</param>
    /// <exception cref="InvalidOperationException">The component has no networks.</exception>
    public T Run(string network, T rows) => run(network, rows, false);

    /// <summary>A copy of the state whose tensors and weights have no derivatives.</summary>
    public PartState<T> Detached =>
        new(name => T.StopGradient(find(name)), Training, epoch, (network, rows, _) => run(network, rows, true)) { Recording = Recording };

    /// <summary>The state of a component inside this one; its name prefixes those of its tensors.</summary>
    internal PartState<T> Within(string part) =>
        new(name => find($"{part}.{name}"), Training, epoch, (network, rows, detached) => run($"{part}.{network}", rows, detached), once)
        {
            Recording = Recording,
        };

    /// <summary>A named value computed from a tensor, once for all states that share a cache.</summary>
    internal TValue Once<TValue>(string name, T of, Func<TValue> make) where TValue : notnull => (TValue)once(name, of, () => make());

    private static T NoNetworks(string network, T rows, bool detached) =>
        throw new InvalidOperationException($"{network}: must be a network of the part, got a part without networks");
}

/// <summary>Runs a network of a component, [B, …] → [B, …].</summary>
/// <typeparam name="T">The tensor type.</typeparam>
/// <param name="network">The name of the network within the component.</param>
/// <param name="rows">Its input, [B, …].</param>
/// <param name="detached">Whether gradients treat its weights as constants.</param>
public delegate T PartRunner<T>(string network, T rows, bool detached) where T : struct, ITensor<T>;

/// <summary>Returns the cached value of a name and a tensor, or computes it.</summary>
/// <typeparam name="T">The tensor type.</typeparam>
/// <param name="name">The name of the value.</param>
/// <param name="value">The tensor that it is computed from, compared by reference.</param>
/// <param name="make">Computes the value.</param>
public delegate object PartMemory<T>(string name, T value, Func<object> make) where T : struct, ITensor<T>;
