namespace Vae;

/// <summary>Makes a value, or says what keeps it from being one.</summary>
public static class Validated
{
    /// <summary>The value is sound.</summary>
    public static Validated<T> Valid<T>(T value) => new Validated<T>.Valid(value);

    /// <summary>There is no value, for these reasons.</summary>
    public static Validated<T> Invalid<T>(ValueList<Problem> problems) => new Validated<T>.Invalid(problems);
}

/// <summary>A value, or every problem that keeps it from being one.</summary>
public abstract record Validated<T>
{
    private protected Validated() { }

    /// <summary>The value is sound.</summary>
    public sealed record Valid(T Value) : Validated<T>
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<T, TResult> valid, Func<ValueList<Problem>, TResult> invalid) => valid(Value);

        private protected override void Closed() { }
    }

    /// <summary>There is no value, for these reasons.</summary>
    public sealed record Invalid(ValueList<Problem> Problems) : Validated<T>
    {
        /// <inheritdoc/>
        public override TResult Match<TResult>(Func<T, TResult> valid, Func<ValueList<Problem>, TResult> invalid) => invalid(Problems);

        private protected override void Closed() { }
    }

    /// <summary>One function for each case.</summary>
    public abstract TResult Match<TResult>(Func<T, TResult> valid, Func<ValueList<Problem>, TResult> invalid);

    // An outsider could derive through the copy constructor; this member closes the hierarchy.
    private protected abstract void Closed();
}
