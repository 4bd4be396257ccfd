namespace Vae;

/// <summary>Samplers by name, and their problems.</summary>
public static partial class Samplers
{
    /// <summary>The name that tables and pictures show.</summary>
    /// <param name="sampler">Any sampler.</param>
    public static string Name(Sampler sampler) => sampler.Name;

    /// <summary>Whether it draws from a distribution that was fitted to codes.</summary>
    /// <param name="sampler">Any sampler.</param>
    public static bool IsFitted(Sampler sampler) => sampler is not Sampler.Prior;

    /// <summary>The problems of a sampler with a model; none if it can be fitted.</summary>
    /// <param name="sampler">Any sampler.</param>
    /// <param name="model">A model without problems.</param>
    /// <param name="path">The path of the sampler in its file.</param>
    public static ValueList<Problem> Problems(Sampler sampler, VaeSpec model, string path = "sampler")
    {
        var misfits = sampler.Fits(model, path);
        return misfits.Count > 0 ? misfits : sampler.Problems(model, path);
    }

    /// <summary>The problems of a sampler with a model and a number of codes to fit to.</summary>
    /// <param name="sampler">Any sampler.</param>
    /// <param name="model">A model without problems.</param>
    /// <param name="codes">Number of codes; of the rarest class if the model is conditioned on a label.</param>
    /// <param name="path">The path of the sampler in its file.</param>
    public static ValueList<Problem> Problems(Sampler sampler, VaeSpec model, int codes, string path = "sampler")
    {
        var problems = Problems(sampler, model, path);
        return problems.Count > 0 ? problems
            : sampler.Problems(model, codes, model.Condition is Condition.Label ? "codes of the rarest class" : "codes", path);
    }
}
