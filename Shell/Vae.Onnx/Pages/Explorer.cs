namespace Vae.Torch;

/// <summary>
/// Pages in which a reader moves in a model's latent space and sees the decoder's answer at once. A page is one HTML file that needs
/// neither a server nor a network: it holds the decoder's weights and a script that runs them.
/// </summary>
public static class Explorer
{
    /// <summary>Writes the page of a model, whole or not at all.</summary>
    /// <param name="model">A model with at least one latent, whose codes are real numbers or points of a sphere.</param>
    /// <param name="examples">Examples to start from, such as the test set; at least one, of the shape of the model's input.</param>
    /// <param name="path">The file.</param>
    /// <param name="options">Title, number of examples and their binarization; null for the defaults.</param>
    /// <exception cref="VaeException">
    /// A component of the decoder or the likelihood has no form in the page (the message names it), there is no example, the examples do
    /// not fit the model, or the file cannot be written.
    /// </exception>
    /// <example>
    /// <code>
    /// var run = RunFolder.Open("runs/digits");
    /// var experiment = run.Experiment();
    /// var data = DataSources.Load(experiment.Data, root: "", experiment.Train.Seed);
    /// using var model = run.LoadModel();
    /// Explorer.Write(model, data.Test, "digits.html");
    /// </code>
    /// </example>
    public static void Write(VaeModel model, Dataset examples, string path, ExplorerOptions? options = null)
    {
        options ??= new();
        var spec = model.Spec;
        VaeException.Require(options.Count >= 1, "count", "must be at least 1", options.Count);
        VaeException.Require(spec.Latent > 0, "model.latent", "must be at least 1 to explore", spec.Latent);
        var support = Posteriors.Support(spec.Posterior);
        VaeException.Require(support == Supports.Reals || support == Supports.Sphere, "model.posterior",
            $"must have codes that are {Supports.Reals.Name} or points of {Supports.Sphere.Name} to move among them", support.Name);
        AtomicFile.WriteText(path, PageTemplate.Fill(PageContent.Of(model, examples, options)));
    }
}
