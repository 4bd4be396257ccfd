namespace Vae;

/// <summary>A symbol's part of [0, 2ᵇ), which is divided among all symbols in proportion to their probabilities.</summary>
/// <param name="Start">The first number of the part.</param>
/// <param name="Mass">Count of its numbers; ≥ 1.</param>
/// <param name="Bits">b; in [1, 31].</param>
internal readonly record struct SymbolInterval(uint Start, uint Mass, int Bits);
