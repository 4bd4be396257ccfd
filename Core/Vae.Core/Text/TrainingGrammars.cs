namespace Vae;

internal static class BinarizationGrammar
{
    public static TextGrammar Grammar { get; } = new("binarize", [
        new("none", "Intensities as they are."),
        new("threshold[:AT]", "Static binarization: 1 at or above AT; 0.5 by default."),
        new("stochastic", "Dynamic binarization: each pixel is drawn again each epoch, with its intensity as the probability of 1."),
    ], "");

    public static Binarization? Read(string[] words) => words switch
    {
        ["none"] => Binarizations.None,
        ["stochastic"] => Binarizations.Stochastic,
        ["threshold"] => Binarizations.Threshold(),
        ["threshold", { Number: { } at }] => Binarizations.Threshold(at),
        _ => null,
    };
}

internal static class OptimizerGrammar
{
    public static TextGrammar Grammar { get; } = new("optimizer", [
        new("adam", "Adam; Kingma & Ba 2015."),
        new("adamw[:DECAY]", "Adam with decoupled weight decay; 0.01 by default."),
        new("sgd[:MOMENTUM]", "Stochastic gradient descent; no momentum by default."),
    ], "");

    public static Optimizer? Read(string[] words) => words switch
    {
        ["adam"] => Optimizers.Adam(),
        ["adamw"] => Optimizers.AdamW(),
        ["adamw", { Number: { } decay }] => Optimizers.AdamW(decay),
        ["sgd"] => Optimizers.Sgd(),
        ["sgd", { Number: { } momentum }] => Optimizers.Sgd(momentum),
        _ => null,
    };
}

internal static class InitializationGrammar
{
    private const string ZeroBias = "zero-bias", DataBias = "data-bias";

    public static TextGrammar Grammar { get; } = new("init", [
        new("lecun[+zero-bias][+data-bias]", "Weights, and biases that are not 0, uniform in ±1/√fan-in; LeCun et al. 1998."),
        new("glorot[+data-bias]", "Weights uniform in ±√(6/(fan-in + fan-out)), zero biases; Glorot & Bengio 2010."),
        new("he[+data-bias]", "Weights uniform in ±√(6/fan-in), zero biases; He et al. 2015."),
        new("orthogonal[+data-bias]", "Orthogonal weights, zero biases; Saxe et al. 2014."),
        new("uniform:BOUND[+data-bias]", "Weights uniform in ±BOUND in every layer, zero biases."),
    ], "+data-bias sets the bias of the decoder's last layer so that E[x|z] is the mean of the training data");

    public static Initialization? Read(string[] words) => words switch
    {
        [.. var rest, DataBias] when !rest.Contains(DataBias) => Read(rest)?.With(dataBias: true),
        ["lecun", ZeroBias] => Initializations.LeCun.With(zeroBiases: true),
        ["lecun"] => Initializations.LeCun,
        ["glorot"] => Initializations.Glorot(dataBias: false),
        ["he"] => Initializations.He(dataBias: false),
        ["orthogonal"] => Initializations.Orthogonal(dataBias: false),
        [var one] when one.Split(':') is ["uniform", { Number: { } bound }] => Initializations.Uniform(bound, dataBias: false),
        _ => null,
    };
}

internal static class ReductionGrammar
{
    public static TextGrammar Grammar { get; } = new("reduce", [
        new("FACTOR", "Multiply the learning rate by FACTOR, twice at most, before the run ends."),
        new("FACTOR:TIMES", "Multiply it up to TIMES times."),
    ], "");

    public static Stopping? Read(string[] words, int patience) => words switch
    {
        [{ Number: { } factor }] => Stoppings.Plateau(patience, factor),
        [{ Number: { } factor }, { Whole: { } times }] => Stoppings.Plateau(patience, factor, times),
        _ => null,
    };
}
