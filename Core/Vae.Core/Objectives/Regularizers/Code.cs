namespace Vae;

public abstract partial record Regularizer
{
    /// <summary>Weight · ‖z‖² / 2 and a penalty on the decoder: regularized autoencoder; Ghosh et al. 2020.</summary>
    /// <param name="Weight">The weight of ‖z‖² / 2; ≥ 0.</param>
    /// <param name="Decoder">The penalty that keeps the decoder smooth.</param>
    public sealed partial record Code(double Weight, DecoderPenalty Decoder) : Regularizer
    {
        internal override string Name => "rae";

        internal override bool SuitsPoints => true;

        internal override bool CouplesExamples => false;

        internal override ValueList<Problem> Problems(string path) =>
            [.. Rules.AtLeast($"{path}.weight", Weight, 0), .. Decoder.Problems($"{path}.decoder")];

        internal override T Penalty<T>(ObjectiveTerms<T> terms)
        {
            var codes = Weight * CodePenalties.HalfSquare(Codes(terms));
            return Decoder.Penalty(terms.Batch) is { } penalty ? codes + penalty : codes;
        }
    }
}

public static partial class Regularizers
{
    /// <summary>A penalty on codes and decoder; Ghosh et al. 2020.</summary>
    /// <param name="weight">The weight of ‖z‖² / 2; ≥ 0.</param>
    /// <param name="decoder">The penalty that keeps the decoder smooth; none if not given.</param>
    public static Regularizer Code(double weight, DecoderPenalty? decoder = null) =>
        new Regularizer.Code(weight, decoder ?? DecoderPenalties.None);
}
