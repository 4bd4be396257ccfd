namespace Vae.Tests;

/// <summary>A likelihood of an application: independent Cauchy values whose common scale is learned.</summary>
internal sealed record Cauchy(double Scale) : ILikelihood
{
    public string Name => "cauchy";

    public ValueList<double> Settings => [Scale];

    public ILikelihood With(ValueList<double> settings) =>
        settings is [var scale] ? new Cauchy(scale) : throw new ArgumentException("one number, the scale to begin with");

    public ValueList<Parameter> Learned(Shape input) => [new("logScale", Shape.Vector(1), new(0, Math.Log(Scale)), true)];

    public ValueList<Problem> Problems(Shape input, string path) =>
        Scale > 0 ? [] : [new($"{path}.scale", "must be greater than 0", $"{Scale}")];

    // −ln p = ln π + ln s + ln(1 + ((x − x₀)/s)²).
    public T NegLogDensityPerValue<T>(PartState<T> state, T outputs, T x) where T : struct, ITensor<T>
    {
        var scale = T.Reshape(state["logScale"], [.. Enumerable.Repeat(1, x.Dims.Length)]);
        return Math.Log(Math.PI) + scale + T.Log1p(T.Square((x - outputs) * T.Exp(-scale)));
    }

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => outputs;
}

/// <summary>
/// A posterior of an application: Laplace, whose noise is the difference of two exponential numbers; its divergence has no closed form.
/// </summary>
internal sealed record LaplaceFamily : IPosterior
{
    public string Name => "laplace";

    public IPosterior With(ValueList<double> settings) => settings.Count == 0 ? this : throw new ArgumentException("no numbers");

    public long Outputs(int latent) => 2L * latent;

    public int Noise(int latent) => 4 * latent;

    public T Mean<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Half(outputs, 0);

    // Twice the square of the scale.
    public T LogVariance<T>(PartState<T> state, T outputs) where T : struct, ITensor<T> => Math.Log(2) + 2.0 * Half(outputs, 1);

    public PosteriorDraw<T> Draw<T>(PartState<T> state, T outputs, T noise) where T : struct, ITensor<T>
    {
        var size = outputs.Dims[1] / 2;
        T Exponential(int place) =>
            0.5 * (T.Square(T.Slice(noise, 1, place * size, size)) + T.Square(T.Slice(noise, 1, (place + 1) * size, size)));
        var z = Half(outputs, 0) + T.Exp(Half(outputs, 1)) * (Exponential(0) - Exponential(2));
        return new(z, LogDensity(outputs, z));
    }

    T? IPosterior.LogDensity<T>(PartState<T> state, T outputs, T z) => LogDensity(outputs, z);

    private static T LogDensity<T>(T outputs, T z) where T : struct, ITensor<T> =>
        -T.SumEvent(T.Abs(z - Half(outputs, 0)) * T.Exp(-Half(outputs, 1)) + Half(outputs, 1) + Math.Log(2));

    private static T Half<T>(T outputs, int which) where T : struct, ITensor<T> =>
        T.Slice(outputs, 1, which * (outputs.Dims[1] / 2), outputs.Dims[1] / 2);
}

/// <summary>A prior of an application: a normal distribution around a place that is learned.</summary>
internal sealed record Moved : IPrior
{
    public string Name => "moved";

    public IPrior With(ValueList<double> settings) => this;

    public ValueList<Parameter> Learned(int latent, Shape input) => [new("place", Shape.Vector(latent), new(0, 0.5), true)];

    public T LogDensity<T>(PartState<T> state, T z) where T : struct, ITensor<T> => Normals.LogDensityStandard(z - Place(state));

    public T Sample<T>(PartState<T> state, T noise) where T : struct, ITensor<T> => noise + Place(state);

    private static T Place<T>(PartState<T> state) where T : struct, ITensor<T> => T.Reshape(state["place"], 1, state["place"].Dims[0]);
}

/// <summary>A layer of an application: each value of a vector by a learned factor eˢ.</summary>
internal sealed record Scaled(double Start) : ILayer
{
    public string Name => "scaled";

    public ValueList<double> Settings => [Start];

    public ILayer With(ValueList<double> settings) => new Scaled(settings[0]);

    public Validated<Shape> Output(Shape input, string path) =>
        input.IsVector ? new Validated<Shape>.Valid(input) : new Validated<Shape>.Invalid([new(path, "needs a vector", $"{input}")]);

    public ValueList<Parameter> Learned(Shape input) => [new("factor", input, new(0, Start), true)];

    public T Apply<T>(PartState<T> state, T x) where T : struct, ITensor<T> => x * T.Reshape(T.Exp(state["factor"]), 1, x.Dims[1]);
}

/// <summary>
/// An objective of an application: the bound of Rényi's divergence of order α ≠ 1 over k draws; Li &amp; Turner 2016, eq. 5.
/// </summary>
internal sealed record Renyi(int Draws, double Alpha) : IObjective
{
    public string Name => "renyi";

    public ValueList<double> Settings => [Draws, Alpha];

    public IObjective With(ValueList<double> settings) => new Renyi((int)settings[0], settings[1]);

    public int Samples => Draws;

    public ValueList<Problem> Problems(string path) => Alpha == 1 ? [new($"{path}.alpha", "must not be 1", "1")] : [];

    public T Loss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
        (T.LogSumExp((1 - Alpha) * terms.LogWeights, 0) - Math.Log(Draws)) / (Alpha - 1);
}

/// <summary>Models made of the above.</summary>
internal static class Parts
{
    public static Experiment Run { get; } = new(
        new(Shape.Vector(6), 2, new([Layers.Linear(8), Layers.Custom(new Scaled(0.1)), Layers.Tanh], Heads.Dense),
            new([Layers.Linear(8), Layers.Residual([Layers.Custom(new Scaled(0))]), Layers.Tanh], Heads.Dense),
            Posteriors.Custom(new LaplaceFamily()), Priors.Custom(new Moved()), Likelihoods.Custom(new Cauchy(0.5)), Conditions.None),
        Objectives.Custom(new Renyi(3, 0.5)),
        new("tiny", Binarizations.None),
        new(3, 4, 1, Optimizers.Adam(), Schedules.Constant(0.01), Clippings.None, Averagings.None, Stoppings.Never));

    public static CustomComponents All { get; } =
        new([new Cauchy(1)], [new LaplaceFamily()], [new Moved()], [new Scaled(0)], [new Renyi(1, 0)]);
}
