namespace Vae;

/// <summary>A number that depends on time, in epochs since the run began (fractions within an epoch).</summary>
[Closed]
public abstract partial record Schedule
{
    /// <summary>The same at all times.</summary>
    /// <param name="Value">Finite.</param>
    public sealed partial record Constant(double Value) : Schedule;

    /// <summary>A straight line, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">&gt; 0.</param>
    public sealed partial record Linear(double From, double To, double Epochs) : Schedule;

    /// <summary>Half a cosine wave, then constant; Loshchilov &amp; Hutter 2017.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">&gt; 0.</param>
    public sealed partial record Cosine(double From, double To, double Epochs) : Schedule;

    /// <summary>A line from–to repeated each period, constant between ramp and period; Fu et al. 2019.</summary>
    /// <param name="From">At the start of each period.</param>
    /// <param name="To">Reached when the ramp ends.</param>
    /// <param name="Period">Epochs; &gt; 0.</param>
    /// <param name="Ramp">The part of a period that rises; in (0, 1].</param>
    public sealed partial record Cyclical(double From, double To, double Period, double Ramp = 0.5) : Schedule;

    /// <summary>A logistic curve around its midpoint, stretched to meet both ends, then constant; Bowman et al. 2016.</summary>
    /// <param name="From">At time 0.</param>
    /// <param name="To">From the time <paramref name="Epochs"/> on.</param>
    /// <param name="Epochs">Twice the time of the midpoint; &gt; 0.</param>
    /// <param name="Steepness">In units of 1/epochs; &gt; 0.</param>
    public sealed partial record Sigmoid(double From, double To, double Epochs, double Steepness = 10) : Schedule;

    /// <summary>One schedule, then another: a warm-up and a decay.</summary>
    /// <param name="First">Until <paramref name="Epochs"/>.</param>
    /// <param name="Epochs">The length of the first; &gt; 0.</param>
    /// <param name="Next">Afterwards, its time counted from the change.</param>
    public sealed partial record Then(Schedule First, double Epochs, Schedule Next) : Schedule;

    /// <summary>A schedule that begins anew each period, stretched with the periods; with half a cosine wave the warm restarts of Loshchilov &amp; Hutter 2017, section 3.</summary>
    /// <param name="Cycle">What is repeated; its own times are those of the first period.</param>
    /// <param name="Period">The length of the first, in epochs; &gt; 0.</param>
    /// <param name="Growth">How much longer each is than the one before; in [1, 100].</param>
    public sealed partial record Restarts(Schedule Cycle, double Period, double Growth = 1) : Schedule;
}
