namespace Vae;

/// <summary>Optimizers by name.</summary>
public static class Optimizers
{
    /// <summary>Kingma &amp; Ba 2015.</summary>
    public static Optimizer Adam(double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) => new Optimizer.Adam(beta1, beta2, epsilon);

    /// <summary>Loshchilov &amp; Hutter 2019.</summary>
    public static Optimizer AdamW(double decay = 0.01, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) =>
        new Optimizer.AdamW(decay, beta1, beta2, epsilon);

    /// <summary>Stochastic gradient descent.</summary>
    public static Optimizer Sgd(double momentum = 0) => new Optimizer.Sgd(momentum);
}

/// <summary>Clippings by name.</summary>
public static class Clippings
{
    /// <summary>Nothing is done.</summary>
    public static Clipping None { get; } = new Clipping.None();

    /// <summary>The gradient's norm is at most max.</summary>
    public static Clipping Norm(double max) => new Clipping.Norm(max);

    /// <summary>Steps whose gradient's norm is beyond a limit are not taken; nothing is done to the others, or what is given.</summary>
    public static Clipping Skip(double above, Clipping? otherwise = null) => new Clipping.Skip(above, otherwise ?? None);

    /// <summary>Whether steps may be left out.</summary>
    public static bool Skips(Clipping clipping) => clipping.Match(none: _ => false, norm: _ => false, skip: _ => true);
}

/// <summary>Averagings by name.</summary>
public static class Averagings
{
    /// <summary>The last weights.</summary>
    public static Averaging None { get; } = new Averaging.None();

    /// <summary>An exponential moving average.</summary>
    public static Averaging Exponential(double decay) => new Averaging.Exponential(decay);
}

/// <summary>Stopping rules by name.</summary>
public static class Stoppings
{
    /// <summary>The run goes to its last epoch.</summary>
    public static Stopping Never { get; } = new Stopping.Never();

    /// <summary>Early stopping on the validation bound.</summary>
    public static Stopping Patience(int epochs) => new Stopping.Patience(epochs);

    /// <summary>A learning rate that falls whenever the validation bound stalls, so many times before the run ends.</summary>
    public static Stopping Plateau(int epochs, double factor = 0.1, int times = 2) => new Stopping.Plateau(epochs, factor, times);

    /// <summary>
    /// How often so many epochs have passed without a new least value, counted anew after each time. Of the criteria of epochs
    /// in their order, less is better; <paramref name="patience"/> ≥ 1 → ≥ 0. A function of the history alone: a run that
    /// goes on knows it from that.
    /// </summary>
    public static int Stalls(IEnumerable<double> criteria, int patience)
    {
        int stalls = 0, waited = 0;
        var best = double.PositiveInfinity;
        foreach (var criterion in criteria)
        {
            waited = criterion < best ? 0 : waited + 1;
            best = Math.Min(best, criterion);
            if (waited == patience)
                (stalls, waited) = (stalls + 1, 0);
        }
        return stalls;
    }

    /// <summary>What the learning rate is multiplied by after so many stalls.</summary>
    public static double RateAfter(Stopping stopping, int stalls) =>
        stopping.Match(never: _ => 1, patience: _ => 1, plateau: p => Math.Pow(p.Factor, Math.Min(stalls, p.Times)));
}

/// <summary>Binarizations by name.</summary>
public static class Binarizations
{
    /// <summary>Values stay as they are.</summary>
    public static Binarization None { get; } = new Binarization.None();

    /// <summary>Values above a threshold become 1.</summary>
    public static Binarization Threshold(double at = 0.5) => new Binarization.Threshold(at);

    /// <summary>Each value is a probability, drawn anew each epoch.</summary>
    public static Binarization Stochastic { get; } = new Binarization.Stochastic();

    /// <summary>What is known of data once it is binarized.</summary>
    public static DataFacts Facts(Binarization binarization, DataFacts data) => binarization is Binarization.None
        ? data : data.With(isBinary: true, values: ValueFacts.Bits, columns: ValueList.From(data.Columns.Select(_ => ValueFacts.Bits)));
}
