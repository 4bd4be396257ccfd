namespace Vae.Torch;

/// <summary>
/// Writes a report of a sweep, such as a page that compares its runs, into its folder. The package Vae.Pictures provides
/// <c>SweepReports.Html</c>.
/// </summary>
internal interface ISweepReporter
{
    /// <summary>Writes the report of a sweep.</summary>
    /// <param name="sweep">The sweep, with a row for each trained run.</param>
    void Write(SweepResult sweep);
}
