namespace Vae;

/// <summary>Creates results of validation.</summary>
public static class Validated
{
    /// <summary>A valid result.</summary>
    /// <param name="value">The value.</param>
    public static Validated<T> Valid<T>(T value) => new Validated<T>.Valid(value);

    /// <summary>An invalid result.</summary>
    /// <param name="problems">Why there is no value; at least one.</param>
    public static Validated<T> Invalid<T>(ValueList<Problem> problems) => new Validated<T>.Invalid(problems);
}

/// <summary>A value, or all problems that prevent it.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <example>
/// <code>
/// string text = Shapes.Output(Layers.Linear(10), Shape.Vector(4)).Match(
///     valid: shape =&gt; $"{shape}",
///     invalid: problems =&gt; string.Join("\n", problems));
/// </code>
/// </example>
public abstract record Validated<T>
{
    private protected Validated() { }

    /// <summary>A valid result.</summary>
    /// <param name="Value">The value.</param>
    public sealed record Valid(T Value) : Validated<T>
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<T, TResult> valid, Func<ValueList<Problem>, TResult> invalid) => valid(Value);

        private protected override void Closed() { }
    }

    /// <summary>An invalid result.</summary>
    /// <param name="Problems">Why there is no value; at least one.</param>
    public sealed record Invalid(ValueList<Problem> Problems) : Validated<T>
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<T, TResult> valid, Func<ValueList<Problem>, TResult> invalid) => invalid(Problems);

        private protected override void Closed() { }
    }

    /// <summary>Calls the function of this case.</summary>
    /// <typeparam name="TResult">What both functions return.</typeparam>
    /// <param name="valid">Called with the value.</param>
    /// <param name="invalid">Called with the problems.</param>
    /// <returns>The result of that function.</returns>
    public abstract TResult Match<TResult>(Func<T, TResult> valid, Func<ValueList<Problem>, TResult> invalid);

    // A record can be derived through its copy constructor; this member prevents that outside this assembly.
    private protected abstract void Closed();
}
