using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Torch;

/// <summary>Estimators that ML.NET has no public class for.</summary>
internal static class Estimators
{
    /// <summary>A transformer that adds a number, as an estimator that needs no fit.</summary>
    public sealed class Fixed(MLContext context, ITransformer transformer, string added) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input) => transformer;

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) =>
            With(context, inputSchema, new(Codes: "", Score: added, Reconstruction: ""));
    }

    /// <summary>A schema with further columns of 32-bit numbers: vectors, and the score, which is one number.</summary>
    public static SchemaShape With(MLContext context, SchemaShape given, VaeOptions options)
    {
        var added = SchemaDefinition.Create(typeof(Answers));
        foreach (var (property, name) in new[]
        {
            (nameof(Answers.Codes), options.Codes), (nameof(Answers.Score), options.Score),
            (nameof(Answers.Reconstruction), options.Reconstruction),
        })
        {
            var column = added.Single(column => column.MemberName == property);
            column.ColumnName = name;
            if (name.Length == 0)
                added.Remove(column);
        }
        // A mapping from nothing is what describes columns in public.
        return context.Transforms.CustomMapping<None, Answers>((_, _) => { }, null, null, added).GetOutputSchema(given);
    }

    private sealed class None;

    private sealed class Answers
    {
        [VectorType(1)]
        public float[] Codes { get; init; } = [];

        public float Score { get; init; }

        [VectorType(1)]
        public float[] Reconstruction { get; init; } = [];
    }
}
