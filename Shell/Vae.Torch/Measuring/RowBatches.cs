using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Rows of arrays as the tensors that a model takes.</summary>
internal static class RowBatches
{
    /// <summary>Rows of a part.</summary>
    public const int AtOnce = BatchSource.EvaluatedAtOnce;

    /// <summary>Number of values of a row.</summary>
    public static int Width(VaeModel model) => (int)Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input).Size;

    /// <summary>Throws if the model has a condition.</summary>
    public static void RequireNoCondition(VaeModel model) => VaeException.Require(
        model.Spec.Condition is Condition.None, "model.condition", "must be none for rows without conditions", model.Spec.Condition);

    /// <summary>A function of rows, in parts: x [B, …] and the index of its first row → [B, width].</summary>
    public static float[,] Map(VaeModel model, float[,] rows, int width, Func<Tensor, int, Tensor> map)
    {
        var all = new float[rows.GetLength(0), width];
        Each(model, rows, (x, start) => Fill(all, start, map(x, start).ToFloats()));
        return all;
    }

    /// <summary>Writes rows from an index on.</summary>
    public static void Fill(float[,] all, int row, float[] values)
    {
        // By elements: offsets in bytes overflow beyond 2 GiB.
        if (values.Length > 0)
            values.CopyTo(MemoryMarshal.CreateSpan(ref all[row, 0], values.Length));
    }

    /// <summary>Examples as the model takes them, after binarization. [N, values].</summary>
    public static float[,] Read(EvaluationInput input)
    {
        input.RequireShape();
        using var inference = inference_mode(true);
        var (rows, row) = (new float[input.Data.Count, (int)input.Model.Spec.Input.Size], 0);
        using var source = input.Batches();
        source.Each((x, _, _) =>
        {
            Fill(rows, row, x.ToFloats());
            row += (int)x.shape[0];
        });
        return rows;
    }

    /// <summary>Calls a function for the rows in parts, as the model takes them, without gradients.</summary>
    public static void Each(VaeModel model, float[,] rows, Action<Tensor, int> visit)
    {
        model.ThrowIfDisposed();
        RequireNoCondition(model);
        VaeException.Require(rows.GetLength(1) == Width(model), "rows", $"must have the {Width(model)} values of the model's input",
            rows.GetLength(1));
        using var inference = inference_mode(true);
        for (var start = 0; start < rows.GetLength(0); start += AtOnce)
        {
            using var scope = NewDisposeScope();
            visit(Input(model, rows, start, Math.Min(AtOnce, rows.GetLength(0) - start)), start);
        }
    }

    // A missing value is 0 in the values and in the mask that follows them.
    private static Tensor Input(VaeModel model, float[,] rows, int start, int count)
    {
        var (width, size, masked) = (rows.GetLength(1), (int)model.Spec.Input.Size, model.Spec.Likelihood.Formulas().TakesMask);
        var values = new float[count * size];
        for (var i = 0; i < count; i++)
            for (var j = 0; j < width; j++)
            {
                var value = rows[start + i, j];
                var missing = masked && float.IsNaN(value);
                if (!missing && !float.IsFinite(value))
                    throw new VaeException(
                        $"rows[{start + i}, {j}]: must be finite (or NaN for a missing value, with a masked likelihood), got {value}");
                values[i * size + j] = missing ? 0 : value;
                if (masked)
                    values[i * size + width + j] = missing ? 0 : 1;
            }
        return values.ToTensor(model.Device, [count, .. model.Spec.Input.Dims.Select(dim => (long)dim)]).to(model.Weights.Flat.dtype);
    }
}
