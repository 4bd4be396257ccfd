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
