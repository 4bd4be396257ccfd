namespace Vae;

/// <summary>
/// The forward pass of a batch in a training step: encoder, draws, decoder, reconstruction term. A row is a draw of an example, or
/// an example with one of its possible labels; rows are ordered by draw, or by label.
/// </summary>
/// <typeparam name="T">The tensor type.</typeparam>
internal interface IForwardPass<T> where T : struct, ITensor<T>
{
    /// <summary>The model's specification.</summary>
    VaeSpec Spec { get; }

    /// <summary>Number of draws, or of labels, of each example.</summary>
    int RowsPerExample { get; }

    /// <summary>The encoder's output, before it is repeated for the draws.</summary>
    T Encoded { get; }

    /// <summary>The encoder's output for each row.</summary>
    T Outputs { get; }

    /// <summary>The draws.</summary>
    PosteriorDraw<T> Draw { get; }

    /// <summary>The posterior's learned tensors and networks.</summary>
    PartState<T> State { get; }

    /// <summary>−ln p(x|z) of each row; nats.</summary>
    T Reconstruction { get; }

    /// <summary>The prior's state for the encoded rows, each repeated.</summary>
    PartState<T> Prior(int samples);
}

/// <summary>The terms of an objective in a forward pass.</summary>
internal static class ForwardPasses
{
    /// <summary>Values of rows as [draws or labels, examples].</summary>
    public static T ByRow<T>(this IForwardPass<T> pass, T rows) where T : struct, ITensor<T> =>
        T.Reshape(rows, pass.RowsPerExample, rows.Dims[0] / pass.RowsPerExample);

    /// <summary>The terms of a batch for an objective.</summary>
    /// <param name="pass">The forward pass of the batch.</param>
    /// <param name="formulas">The objective.</param>
    /// <param name="beta">The KL weight β at this time.</param>
    /// <param name="epoch">The time since the start of training, in epochs.</param>
    /// <param name="batch">All other values of the batch.</param>
    public static ObjectiveTerms<T> Terms<T>(
        this IForwardPass<T> pass, IObjective formulas, double beta, double epoch, IObjectiveBatch<T> batch) where T : struct, ITensor<T>
    {
        var (spec, labels) = (pass.Spec, formulas.SumsOverLabels);
        var reconstruction = pass.ByRow(pass.Reconstruction);
        var posterior = pass.ByRow(formulas.DetachesPosterior ? pass.DetachedLogDensity() : pass.Draw.LogDensity);
        var prior = pass.ByRow(Priors.LogDensity(spec.Prior, pass.Draw.Z, pass.Prior(labels ? 1 : pass.RowsPerExample)));
        var kl = labels
            ? pass.ByRow(Divergences.KlAt(spec.Posterior, spec.Prior, pass.Outputs, pass.Draw, pass.State, pass.Prior(1)))
            : Divergences.Kl(spec.Posterior, spec.Prior, pass.Encoded, pass.State, pass.Prior(1))
                ?? (pass.KlPerLatentOfDraws() is { } each ? T.SumEvent(each) : default(T?));
        // An autoencoder has no divergence and reports 0.
        var divergence = !Posteriors.HasDensity(spec.Posterior) && !labels ? 0.0 * T.Sum(reconstruction, 0)
            : kl ?? T.Sum(posterior - prior, 0) / pass.RowsPerExample;
        return new(reconstruction, posterior, prior, divergence, beta, epoch, batch);
    }

    /// <summary>The KL of each latent given the draws, averaged over them, [B, D]; null if it has no closed form.</summary>
    public static T? KlPerLatentOfDraws<T>(this IForwardPass<T> pass) where T : struct, ITensor<T>
    {
        var samples = pass.RowsPerExample;
        var each = Divergences.KlPerLatentAt(
            pass.Spec.Posterior, pass.Spec.Prior, pass.Outputs, pass.Draw.Z, pass.State, pass.Prior(samples));
        return each is { } values
            ? T.Sum(T.Reshape(values, samples, values.Dims[0] / samples, values.Dims[1]), 0) / samples : default(T?);
    }

    /// <summary>The posterior's term in the loss of each example, averaged over its rows; null if it has none.</summary>
    public static T? PosteriorPenalty<T>(this IForwardPass<T> pass) where T : struct, ITensor<T> =>
        pass.Spec.Posterior.Formulas().Penalty(pass.State, pass.Outputs, pass.Draw) is { } penalty
            ? T.Sum(pass.ByRow(penalty), 0) / pass.RowsPerExample : default(T?);

    // ln q(z|x) as a function of z, with its parameters as constants for the gradient; validation knows which posteriors have it.
    private static T DetachedLogDensity<T>(this IForwardPass<T> pass) where T : struct, ITensor<T> =>
        pass.Spec.Posterior.Formulas().LogDensity(pass.State.Detached, T.StopGradient(pass.Outputs), pass.Draw.Z)
        ?? throw new InvalidOperationException(
            $"objective.gradient: must be total with a posterior whose ln q(z|x) is known only at its own draws, "
            + $"got {Posteriors.Name(pass.Spec.Posterior)}");
}
