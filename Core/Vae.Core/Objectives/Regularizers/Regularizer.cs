namespace Vae;

/// <summary>A term added to −ln p(x|z) + β·KL(q(z|x) ‖ p(z)), mostly a function of the codes of a whole batch.</summary>
[Closed]
public abstract partial record Regularizer
{
    /// <summary>The name that tables and messages show.</summary>
    internal abstract string Name { get; }

    /// <summary>Whether it is defined for a point posterior.</summary>
    internal virtual bool SuitsPoints => false;

    /// <summary>Whether it is a function of the codes of a whole batch.</summary>
    internal virtual bool CouplesExamples => true;

    /// <summary>Its discriminator of codes, if it has one.</summary>
    internal virtual Discriminator? Trained => null;

    /// <summary>The problems of its settings.</summary>
    internal abstract ValueList<Problem> Problems(string path);

    /// <summary>Its problems with a model without problems.</summary>
    internal virtual ValueList<Problem> Problems(VaeSpec model, string path) => [];

    /// <summary>The term that is added to the loss, [B] or [1]; nats.</summary>
    internal abstract T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;

    /// <summary>The loss of its discriminator, [B]; null without one.</summary>
    internal virtual T? DiscriminatorLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;

    // One draw for each example: [B, D].
    private protected static T Codes<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> =>
        T.Reshape(terms.Batch.Draws, terms.Batch.Draws.Dims[1..]);

    private protected static ValueList<Problem> NeedsReals(VaeSpec model, string path, string name) => Rules.If(
        model.Posterior.Formulas().Support != Supports.Reals, path,
        $"{name} needs a posterior whose latents are real numbers", Posteriors.Name(model.Posterior));
}

/// <summary>Regularizers by name.</summary>
public static partial class Regularizers;
