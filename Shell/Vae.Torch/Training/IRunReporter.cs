namespace Vae.Torch;

/// <summary>
/// Writes a report, such as images and a page, into a run folder, as <c>RunReports.Html</c> of the package Vae.Pictures does.
/// </summary>
public interface IRunReporter
{
    /// <summary>Writes the report of a run that has ended, whatever its outcome.</summary>
    /// <param name="folder">The run folder, with experiment and weights.</param>
    /// <param name="result">The result of the run.</param>
    /// <param name="data">The data of the run.</param>
    /// <param name="device">The device to compute on: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    void Write(RunFolder folder, TrainResult result, DataSplit data, string device);
}
