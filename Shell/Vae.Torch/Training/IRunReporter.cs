namespace Vae.Torch;

/// <summary>Writes what a run shows, such as pictures and a page, into its folder. <c>RunReports.Html</c> of the package Vae.Pictures is one.</summary>
public interface IRunReporter
{
    /// <summary>Writes the report of a run that has ended, whatever its outcome.</summary>
    /// <param name="folder">The run folder, with experiment and weights.</param>
    /// <param name="result">How the run ended.</param>
    /// <param name="data">The data it was trained on.</param>
    /// <param name="device">The device to compute on: <c>cpu</c>, <c>cuda</c> or <c>cuda:1</c>.</param>
    void Write(RunFolder folder, TrainResult result, DataSplit data, string device);
}
