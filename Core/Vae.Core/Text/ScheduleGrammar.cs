namespace Vae;

internal static class ScheduleGrammar
{
    public static TextGrammar Grammar { get; } = new("schedule", [
        new("NUMBER", "Constant."),
        new("linear:FROM:TO:EPOCHS", "A straight line over EPOCHS, then constant."),
        new("cosine:FROM:TO:EPOCHS", "Half a cosine wave over EPOCHS, then constant."),
        new("sigmoid:FROM:TO:EPOCHS", "A logistic curve over EPOCHS, then constant."),
        new("cyclical:FROM:TO:PERIOD", "A linear ramp over the first half of each PERIOD, in epochs."),
        new("restarts:FROM:TO:PERIOD", "Half a cosine wave, restarted each PERIOD."),
        new("restarts:FROM:TO:PERIOD:GROWTH", "Half a cosine wave, restarted after periods that grow by the factor GROWTH."),
    ], "");

    public static Schedule? Read(string[] words) => words switch
    {
        [{ Number: { } value }] => Schedules.Constant(value),
        [var kind, { Number: { } from }, { Number: { } to }, { Number: { } epochs }] => kind switch
        {
            "linear" => Schedules.Linear(from, to, epochs),
            "cosine" => Schedules.Cosine(from, to, epochs),
            "sigmoid" => Schedules.Sigmoid(from, to, epochs),
            "cyclical" => Schedules.Cyclical(from, to, epochs),
            "restarts" => Schedules.WarmRestarts(from, to, epochs),
            _ => null,
        },
        ["restarts", { Number: { } from }, { Number: { } to }, { Number: { } period }, { Number: { } growth }] =>
            Schedules.WarmRestarts(from, to, period, growth),
        _ => null,
    };
}
