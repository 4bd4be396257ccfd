namespace Vae.Cli;

/// <summary>The commands, grouped by task.</summary>
internal static class CommandGroups
{
    public const string ExitCodes = "0 success, 1 a run that diverged or a claim that was not reproduced, 2 bad input, 130 interrupted";

    public static readonly (string Title, string[] Names)[] All =
    [
        ("Train", ["train", "sweep"]),
        ("Look", ["encode", "classify", "sample", "reconstruct", "picture", "explore", "neighbours", "attributes", "impute"]),
        ("Publish", ["card", "export"]),
        ("Measure", ["evaluate", "compare", "anomaly", "doctor", "claim"]),
        ("Compress", ["compress", "decompress"]),
        ("Data and models", ["data", "spec", "plan"]),
    ];
}
