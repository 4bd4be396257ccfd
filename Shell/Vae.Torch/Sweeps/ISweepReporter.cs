namespace Vae.Torch;

/// <summary>Writes what a sweep shows, such as a page that compares its runs, into its folder. <c>SweepReports.Html</c> of the package Vae.Pictures is one.</summary>
public interface ISweepReporter
{
    /// <summary>Writes the report of a sweep.</summary>
    /// <param name="sweep">The sweep, with a row for each run that was trained.</param>
    void Write(SweepResult sweep);
}
