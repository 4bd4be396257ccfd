using System.Text.Json.Serialization;

namespace Vae;

/// <summary>A number that depends on time, in epochs since the run began (fractions within an epoch).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Constant), "constant")]
[JsonDerivedType(typeof(Linear), "linear")]
[JsonDerivedType(typeof(Cosine), "cosine")]
[JsonDerivedType(typeof(Cyclical), "cyclical")]
[JsonDerivedType(typeof(Sigmoid), "sigmoid")]
[JsonDerivedType(typeof(Then), "then")]
[JsonDerivedType(typeof(Restarts), "restarts")]
public abstract record Schedule
{
    private protected Schedule() { }

    /// <summary>The same at all times.</summary>
    /// <param name="Value">Finite.</param>
    public sealed record Constant(double Value) : Schedule
    {
        /// <summary>The same with other parts.</summary>
        public Constant With(double? value = null) => new(value ?? Value);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Constant(this);
    }

    /// <summary>A straight line, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">&gt; 0.</param>
    public sealed record Linear(double From, double To, double Epochs) : Schedule
    {
        /// <summary>The same with other parts.</summary>
        public Linear With(double? from = null, double? to = null, double? epochs = null) => new(from ?? From, to ?? To, epochs ?? Epochs);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Linear(this);
    }

    /// <summary>Half a cosine wave, then constant; Loshchilov &amp; Hutter 2017.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">&gt; 0.</param>
    public sealed record Cosine(double From, double To, double Epochs) : Schedule
    {
        /// <summary>The same with other parts.</summary>
        public Cosine With(double? from = null, double? to = null, double? epochs = null) => new(from ?? From, to ?? To, epochs ?? Epochs);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Cosine(this);
    }

    /// <summary>A line from–to repeated each period, constant between ramp and period; Fu et al. 2019.</summary>
    /// <param name="From">At the start of each period.</param>
    /// <param name="To">Reached when the ramp ends.</param>
    /// <param name="Period">Epochs; &gt; 0.</param>
    /// <param name="Ramp">The part of a period that rises; in (0, 1].</param>
    public sealed record Cyclical(double From, double To, double Period, double Ramp = 0.5) : Schedule
    {
        /// <summary>The same with other parts.</summary>
        public Cyclical With(double? from = null, double? to = null, double? period = null, double? ramp = null) => new(from ?? From, to ?? To, period ?? Period, ramp ?? Ramp);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Cyclical(this);
    }

    /// <summary>A logistic curve around its midpoint, stretched to meet both ends, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">Twice the time of the midpoint; &gt; 0.</param>
    /// <param name="Steepness">In units of 1/epochs; &gt; 0.</param>
    public sealed record Sigmoid(double From, double To, double Epochs, double Steepness = 10) : Schedule
    {
        /// <summary>The same with other parts.</summary>
        public Sigmoid With(double? from = null, double? to = null, double? epochs = null, double? steepness = null) => new(from ?? From, to ?? To, epochs ?? Epochs, steepness ?? Steepness);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Sigmoid(this);
    }

    /// <summary>One schedule, then another: a warm-up and a decay.</summary>
    /// <param name="First">Until <paramref name="Epochs"/>.</param>
    /// <param name="Epochs">The length of the first; &gt; 0.</param>
    /// <param name="Next">Afterwards, its time counted from the change.</param>
    public sealed record Then(Schedule First, double Epochs, Schedule Next) : Schedule
    {
        /// <summary>The same with other parts.</summary>
        public Then With(Schedule? first = null, double? epochs = null, Schedule? next = null) => new(first ?? First, epochs ?? Epochs, next ?? Next);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Then(this);
    }

    /// <summary>A schedule that begins anew each period, stretched with the periods; with half a cosine wave the warm restarts of Loshchilov &amp; Hutter 2017, section 3.</summary>
    /// <param name="Cycle">What is repeated; its own times are those of the first period.</param>
    /// <param name="Period">The length of the first, in epochs; &gt; 0.</param>
    /// <param name="Growth">How much longer each is than the one before; in [1, 100].</param>
    public sealed record Restarts(Schedule Cycle, double Period, double Growth = 1) : Schedule
    {
        /// <summary>The same with other parts.</summary>
        public Restarts With(Schedule? cycle = null, double? period = null, double? growth = null) => new(cycle ?? Cycle, period ?? Period, growth ?? Growth);

        private protected override TResult Accept<TResult>(Cases<TResult> of) => of.Restarts(this);
    }

    /// <summary>One function for each case.</summary>
    public TResult Match<TResult>(
        Func<Constant, TResult> constant,
        Func<Linear, TResult> linear,
        Func<Cosine, TResult> cosine,
        Func<Cyclical, TResult> cyclical,
        Func<Sigmoid, TResult> sigmoid,
        Func<Then, TResult> then,
        Func<Restarts, TResult> restarts) =>
        Accept(new Cases<TResult>(constant, linear, cosine, cyclical, sigmoid, then, restarts));

    private protected abstract TResult Accept<TResult>(Cases<TResult> of);

    private protected sealed record Cases<TResult>(
        Func<Constant, TResult> Constant,
        Func<Linear, TResult> Linear,
        Func<Cosine, TResult> Cosine,
        Func<Cyclical, TResult> Cyclical,
        Func<Sigmoid, TResult> Sigmoid,
        Func<Then, TResult> Then,
        Func<Restarts, TResult> Restarts);
}
