using System.Collections;
using System.Runtime.CompilerServices;

namespace Vae;

/// <summary>An immutable list that is equal to another when its items are: what every record of a spec uses in place of an array.</summary>
[CollectionBuilder(typeof(ValueList), nameof(ValueList.FromSpan))]
[TypeFormatterSource(typeof(ValueListFormatters))]
public sealed class ValueList<T> : IReadOnlyList<T>, IEquatable<ValueList<T>>
{
    private readonly T[] items;

    internal ValueList(T[] items) => this.items = items;

    /// <summary>The number of items.</summary>
    public int Count => items.Length;

    /// <summary>The item at a position from 0; <see cref="IndexOutOfRangeException"/> outside it.</summary>
    public T this[int index] => items[index];

    /// <summary>A view of the items.</summary>
    public ReadOnlySpan<T> AsSpan() => items;

    /// <summary>This list followed by the items of another.</summary>
    public ValueList<T> Append(IEnumerable<T> more) => new([.. items, .. more]);

    /// <summary>Equal item by item.</summary>
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

/// <summary>Makes value lists.</summary>
public static class ValueList
{
    /// <summary>A list with a copy of the given items; also what a collection expression calls.</summary>
    public static ValueList<T> FromSpan<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list with a copy of the given items.</summary>
    public static ValueList<T> From<T>(IEnumerable<T> items) => new([.. items]);
}
