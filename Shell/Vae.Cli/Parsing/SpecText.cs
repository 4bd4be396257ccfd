using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

/// <summary>Choices as they are written on a command line.</summary>
internal static class SpecText
{
    public const string ScheduleForms = "a number, linear:FROM:TO:EPOCHS, cosine:FROM:TO:EPOCHS, sigmoid:FROM:TO:EPOCHS, cyclical:FROM:TO:PERIOD, restarts:FROM:TO:PERIOD or restarts:FROM:TO:PERIOD:GROWTH";

    public const string ReduceForms = "FACTOR or FACTOR:TIMES";

    public const string ConditionForms = "none, label, labels:CLASSES:CLASSES:..., vector or quadrants:N";

    public static Schedule Schedule(string path, string text) => text.Split(':') switch
    {
        [var value] => Schedules.Constant(Number(path, value, ScheduleForms)),
        [var kind and ("linear" or "cosine" or "sigmoid" or "cyclical" or "restarts"), var from, var to, var epochs] =>
            Made(kind, Number(path, from, ScheduleForms), Number(path, to, ScheduleForms), Number(path, epochs, ScheduleForms)),
        ["restarts", var from, var to, var period, var growth] => Schedules.WarmRestarts(
            Number(path, from, ScheduleForms), Number(path, to, ScheduleForms), Number(path, period, ScheduleForms), Number(path, growth, ScheduleForms)),
        _ => throw Bad(path, ScheduleForms, text),
    };

    /// <summary>After so many epochs without improvement: the end, or a lower learning rate first.</summary>
    public static Stopping Stopping(int patience, string? reduce) => reduce?.Split(':') switch
    {
        null => Stoppings.Patience(patience),
        [var factor] => Stoppings.Plateau(patience, Number("reduce", factor, ReduceForms)),
        [var factor, var times] => Stoppings.Plateau(patience, Number("reduce", factor, ReduceForms), Whole("reduce", times, ReduceForms)),
        _ => throw Bad("reduce", ReduceForms, reduce),
    };

    public static Likelihood Likelihood(string text) => VaeException.Unwrap(Likelihoods.Find(text));

    public static bool AsGiven(string text) => text switch
    {
        "given" => true,
        "intensities" => false,
        _ => throw Bad("values", "given or intensities", text),
    };

    public static Binarization Binarization(string text) => text.Split(':') switch
    {
        ["none"] => Binarizations.None,
        ["stochastic"] => Binarizations.Stochastic,
        ["threshold"] => Binarizations.Threshold(),
        ["threshold", var at] => Binarizations.Threshold(Number("binarize", at, "threshold:AT with a number")),
        _ => throw Bad("binarize", "none, threshold, threshold:AT or stochastic", text),
    };

    public static Optimizer Optimizer(string text) => text.Split(':') switch
    {
        ["adam"] => Optimizers.Adam(),
        ["adamw"] => Optimizers.AdamW(),
        ["adamw", var decay] => Optimizers.AdamW(Number("optimizer", decay, "adamw:DECAY with a number")),
        ["sgd"] => Optimizers.Sgd(),
        ["sgd", var momentum] => Optimizers.Sgd(Number("optimizer", momentum, "sgd:MOMENTUM with a number")),
        _ => throw Bad("optimizer", "adam, adamw, adamw:DECAY, sgd or sgd:MOMENTUM", text),
    };

    public static Condition Condition(string text, Dataset data) => text.Split(':') switch
    {
        ["none"] => Conditions.None,
        ["label"] when data.HasLabels => Conditions.Label(data.Classes.Count),
        ["label"] => throw Bad("condition", $"none for {data.Name}, which has no labels", text),
        ["labels", .. var classes] when classes.Length > 0 => Conditions.Labels([.. classes.Select(part => Whole("condition", part, "labels:CLASSES:CLASSES:... with whole numbers"))]),
        ["vector"] when data.ConditionWidth > 0 => Conditions.Vector(data.ConditionWidth),
        ["vector"] => throw Bad("condition", $"none for {data.Name}, which has no condition values (the key c of an .npz)", text),
        ["quadrants", var observed] => Conditions.Quadrants(Whole("condition", observed, "quadrants:N with 1, 2 or 3")),
        _ => throw Bad("condition", ConditionForms, text),
    };

    public static StepRoute Route(string text) => text switch
    {
        "auto" => StepRoute.Auto,
        "compiled" => StepRoute.Compiled,
        "autograd" => StepRoute.Autograd,
        _ => throw Bad("step", "auto, compiled or autograd", text),
    };

    public static Precision Precision(string text) => text switch
    {
        "" => Torch.Precision.Auto,
        "f32" => Torch.Precision.Float32,
        "bf16" => Torch.Precision.BFloat16,
        "tf32" => Torch.Precision.TensorFloat32,
        _ => throw Bad("precision", "f32, bf16 or tf32", text),
    };

    private static Schedule Made(string kind, double from, double to, double epochs) => kind switch
    {
        "linear" => Schedules.Linear(from, to, epochs),
        "cosine" => Schedules.Cosine(from, to, epochs),
        "sigmoid" => Schedules.Sigmoid(from, to, epochs),
        "restarts" => Schedules.WarmRestarts(from, to, epochs),
        _ => Schedules.Cyclical(from, to, epochs),
    };

    private static int Whole(string path, string text, string forms) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(path, forms, text);

    private static double Number(string path, string text, string forms) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : throw Bad(path, forms, text);

    private static VaeException Bad(string path, string rule, string got) => new($"{path}: must be {rule}, got {got}");
}
