using System.Collections;
using System.Runtime.CompilerServices;

namespace Vae;

/// <summary>
/// An immutable list with value equality: two lists are equal if their items are. Records of a spec use it in place of arrays.
/// </summary>
/// <typeparam name="T">The type of the items.</typeparam>
/// <example>
/// <code>
/// ValueList&lt;int&gt; widths = [512, 256];
/// bool equal = widths.Equals([512, 256]); // true
/// </code>
/// </example>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.FromSpan))]
[TypeFormatterSource(typeof(ValueListFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] items;

    internal ValueList(T[] items) => this.items = items;

    /// <summary>Number of items.</summary>
    public int Count => items.Length;

    /// <summary>The item at a position.</summary>
    /// <param name="index">From 0 to <see cref="Count"/> − 1.</param>
    /// <exception cref="IndexOutOfRangeException">The position is outside the list.</exception>
    public T this[int index] => items[index];

    /// <summary>A view of the items; nothing is copied.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>This list followed by further items.</summary>
    /// <param name="more">The items that follow.</param>
    public ValueList<T> Append(IEnumerable<T> more) => new([.. items, .. more]);

    /// <summary>Whether both lists have equal items in the same order.</summary>
    /// <param name="other">The list to compare with.</param>
    public bool Equals(ValueList<T>? other) =>
        other is not null && items.AsSpan().SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ValueList<T>);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        items.Aggregate(items.Length, static (hash, item) => HashCode.Combine(hash, item));

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The items in brackets, separated by commas.</summary>
    public override string ToString() => $"[{string.Join(", ", items)}]";
}

/// <summary>Creates value lists.</summary>
public static class ValueList
{
    /// <summary>A list of copies of the items. Collection expressions call it.</summary>
    /// <param name="items">The items in order.</param>
    public static ValueList<T> FromSpan<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list of copies of the items.</summary>
    /// <param name="items">The items in order.</param>
    public static ValueList<T> From<T>(IEnumerable<T> items) => new([.. items]);
}
