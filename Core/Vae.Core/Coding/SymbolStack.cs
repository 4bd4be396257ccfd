namespace Vae;

/// <summary>
/// A stack of symbols that takes close to −log₂ p bits for each, by asymmetric numeral systems; Duda 2013. Symbols are popped in the
/// reverse order, with the intervals with which they were pushed. Popping with other intervals draws symbols at random from the bits.
/// </summary>
/// <param name="words">The words below the state, the first at the bottom.</param>
/// <param name="state">The top of the stack; ≥ 2³².</param>
/// <param name="supply">The words under the bottom of the stack, by their depth; null if it must not be passed.</param>
internal sealed class SymbolStack(IEnumerable<uint> words, ulong state, Func<int, uint>? supply = null)
{
    /// <summary>The state of an empty stack.</summary>
    public const ulong Empty = 1UL << WordBits;

    private const int WordBits = 32;

    private readonly List<uint> words = [.. words];

    /// <summary>The words below the state, the first at the bottom.</summary>
    public IReadOnlyList<uint> Words => words;

    /// <summary>The top of the stack; ≥ 2³².</summary>
    public ulong State { get; private set; } = state;

    /// <summary>Count of the words taken from under the bottom of the stack.</summary>
    public int Supplied { get; private set; }

    /// <summary>Whether a symbol was popped that nobody pushed: its bits would have come from under a bottom that has none.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Pushes a symbol.</summary>
    public void Push(SymbolInterval symbol)
    {
        var (start, mass, bits) = symbol;
        // A symbol without alternatives takes no bits.
        if (mass == 1u << bits)
            return;
        if (State >= (ulong)mass << (2 * WordBits - bits))
        {
            words.Add((uint)State);
            State >>= WordBits;
        }
        State = (State / mass << bits) + State % mass + start;
    }

    /// <summary>The number in [0, 2ᵇ) whose interval is that of the symbol on top.</summary>
    public uint Peek(int bits) => (uint)(State & ((1UL << bits) - 1));

    /// <summary>Removes the symbol on top, whose interval holds <see cref="Peek"/>.</summary>
    public void Pop(SymbolInterval symbol)
    {
        var (start, mass, bits) = symbol;
        if (mass == 1u << bits)
            return;
        State = mass * (State >> bits) + Peek(bits) - start;
        if (State < Empty)
            State = State << WordBits | Next();
    }

    private uint Next()
    {
        if (words.Count == 0)
        {
            IsExhausted |= supply is null;
            return supply?.Invoke(Supplied++) ?? 0;
        }
        var word = words[^1];
        words.RemoveAt(words.Count - 1);
        return word;
    }
}
