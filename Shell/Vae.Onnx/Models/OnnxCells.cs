using Onnx;

namespace Vae.Torch;

/// <summary>The numbers of a cell, and whether each is there. [N, W].</summary>
internal sealed record OnnxCell(OnnxTensor Values, OnnxTensor Observed);

/// <summary>What a graph takes the cells of a table from.</summary>
internal interface IOnnxCells
{
    /// <summary>The place of a cell among texts, 32-bit; <paramref name="other"/> for another text.</summary>
    OnnxCell Class(string column, ValueList<string> classes, double other);

    /// <summary>The number of a cell, 64-bit.</summary>
    OnnxCell Number(string column);

    /// <summary>
    /// The date of a cell in days since 1970-01-01, 64-bit; of a moment, the last one before it of a unit in days, whose rest texts do not
    /// have.
    /// </summary>
    OnnxCell Days(string column, double unit);
}

/// <summary>An input for each column: a text for categories, and a number for others, dates too.</summary>
internal sealed class OnnxCells(OnnxGraph graph) : IOnnxCells
{
    public OnnxCell Class(string column, ValueList<string> classes, double other) =>
        OfText(graph.Input(column, TensorProto.Types.DataType.String, OnnxGraph.Rows(1)), classes, other);

    public OnnxCell Number(string column) => OfNumber(graph.Input(column, TensorProto.Types.DataType.Double, OnnxGraph.Rows(1)));

    public OnnxCell Days(string column, double unit) => Number(column);

    /// <summary>The place of a text; −1 where it stands for a missing cell.</summary>
    public static OnnxCell OfText(OnnxTensor text, ValueList<string> classes, double other)
    {
        string[] missing = [.. MissingCells.Casings.Except(classes)];
        var place = text.Map("LabelEncoder",
            OnnxAttributes.Texts("keys_strings", classes.Concat(missing)),
            OnnxAttributes.Numbers("values_floats", [.. classes.Select((_, i) => (double)i), .. missing.Select(_ => -1.0)]),
            OnnxAttributes.Number("default_float", other));
        return new(place, text.Graph.Node("Equal", place.Dims, [place, place.Number(-1)]).Map("Not"));
    }

    /// <summary>A number, which is missing where it is not finite.</summary>
    public static OnnxCell OfNumber(OnnxTensor x) => new(x, x.Graph.Node("Or", x.Dims, [x.Map("IsNaN"), x.Map("IsInf")]).Map("Not"));
}
