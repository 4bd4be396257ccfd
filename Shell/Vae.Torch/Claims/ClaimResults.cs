namespace Vae.Torch;

/// <summary>
/// The results of claims in a folder that processes share, so that none measures what another has measured. Those of one build do not
/// count for another, which may compute otherwise.
/// </summary>
/// <param name="folder">The folder of the runs.</param>
internal sealed class ClaimResults(string folder)
{
    // A deterministic build has the same identifiers if its code is the same.
    private static readonly string Build =
        $"{typeof(Experiment).Module.ModuleVersionId:N}-{typeof(ClaimResults).Module.ModuleVersionId:N}";

    private readonly string results = Path.Combine(folder, ".results", Build);

    /// <summary>The result of a claim; null if it was not measured, or was another claim under the same name.</summary>
    /// <exception cref="VaeException">The file of the result is broken.</exception>
    public ClaimResult? Find(Claim claim)
    {
        var file = Path.Combine(results, $"{claim.Name}.json");
        return File.Exists(file) && ClaimFiles.Read(file) is { Measured: { } value, Seconds: { } seconds } found
            && Bare(found) == Bare(claim) ? new(claim, value, found.Deviation, seconds, claim.IsMetBy(value)) : null;
    }

    /// <summary>Keeps a result.</summary>
    /// <exception cref="VaeException">The folder is not writable.</exception>
    public void Write(ClaimResult result)
    {
        Disk.CreateFolder(results);
        ClaimFiles.Write(results, result.Claim with
        {
            Measured = result.Reproduced,
            Deviation = result.Deviation,
            Seconds = result.Seconds,
        });
    }

    private static Claim Bare(Claim claim) =>
        claim with { Measured = null, Deviation = null, MeasuredOn = null, Seconds = null, Commit = null };
}
