namespace Vae.Torch;

/// <summary>Several imputations of rows in arrays.</summary>
public static class RowImputations
{
    /// <summary>
    /// Replaces missing values by draws from p(missing|observed), several times: codes are drawn by their importance, and cells of a row
    /// given its code. What is computed of each imputation can be combined; Rubin 1987. Observed values stay.
    /// </summary>
    /// <param name="model">A model of a masked likelihood, without a condition.</param>
    /// <param name="rows">Rows with NaN for missing values, [N, values]; at least one.</param>
    /// <param name="draws">Number of imputations; ≥ 1.</param>
    /// <param name="samples">Draws of z for each row that one is chosen from; ≥ 1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <returns>The rows without missing values, [N, values] for each imputation.</returns>
    /// <exception cref="VaeException">Rows do not fit the model, it has a condition, or it takes no missing values.</exception>
    /// <example>
    /// <code>
    /// var means = model.ImputeDraws(rows, draws: 5).Select(filled => filled[0, 2]);   // five values for one hole
    /// </code>
    /// </example>
    public static ValueList<float[,]> ImputeDraws(this VaeModel model, float[,] rows, int draws, int samples = 500, ulong seed = 0)
    {
        VaeException.Require(draws >= 1, "draws", "must be at least 1", draws);
        VaeException.Require(model.Spec.Likelihood.Formulas().TakesMask, "model.likelihood",
            "must be masked to impute missing values", Likelihoods.Name(model.Spec.Likelihood));
        RowBatches.RequireNoCondition(model);
        VaeException.Require(rows.GetLength(1) == RowBatches.Width(model), "rows",
            $"must have the {RowBatches.Width(model)} values of the model's input", rows.GetLength(1));
        var data = Dataset.FromRows(rows);
        var imputation = Imputations.Impute(
            new(model, data.IsMasked ? data : data.WithMask(), Binarizations.None, seed), NdArray.Full(1, 1, rows.GetLength(1)),
            options: new(Samples: samples, Draws: draws));
        return ValueList.From(imputation.Draws.Select(values => Matrix(values, rows.GetLength(1))));
    }

    private static float[,] Matrix(NdArray values, int width)
    {
        var (numbers, matrix) = (values.ToArray(), new float[values.Dims[0], width]);
        for (var at = 0; at < numbers.Length; at++)
            matrix[at / width, at % width] = (float)numbers[at];
        return matrix;
    }
}
