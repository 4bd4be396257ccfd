namespace Vae;

/// <summary>What a <see cref="Regularizer"/> means.</summary>
internal interface IRegularizer
{
    /// <summary>For people.</summary>
    string Name { get; }

    /// <summary>Whether a point has it too.</summary>
    bool SuitsPoints => false;

    /// <summary>What is wrong with its numbers.</summary>
    ValueList<Problem> Problems(string path);

    /// <summary>What is wrong with it for a model without problems.</summary>
    ValueList<Problem> Problems(VaeSpec model, string path) => [];

    /// <summary>Its critic of codes; at most one.</summary>
    ValueList<Critic> Critics => [];

    /// <summary>What is added to the loss, [B] or [1].</summary>
    T Penalty<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T>;

    /// <summary>What its critic is trained by, [B]; null where there is none.</summary>
    T? CriticLoss<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => null;

    /// <summary>The draws, one for each example.</summary>
    static T Codes<T>(ObjectiveTerms<T> terms) where T : struct, ITensor<T> => T.Reshape(terms.Batch.Draws, terms.Batch.Draws.Dims[1..]);

    /// <summary>A problem where latents are not real numbers, each of its own.</summary>
    static ValueList<Problem> NeedsReals(VaeSpec model, string path, string name) => Rules.If(model.Posterior.Formulas().Support != Supports.Reals,
        path, $"{name} needs a posterior whose latents are real numbers", Posteriors.Name(model.Posterior));
}
