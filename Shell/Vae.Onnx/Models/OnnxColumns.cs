using Onnx;

namespace Vae.Torch;

/// <summary>
/// The cells of a table's row as a model sees them: what <see cref="TableRows.Encode"/> does, as nodes of a graph. What the library
/// refuses gives NaN.
/// </summary>
internal static class OnnxColumns
{
    // As it is read from files, whatever the case.
    private static readonly string[] Missing = [.. new[] { "", "NA", "N/A", "NaN", "NULL", "None", "#N/A", "?", "-", "." }
        .SelectMany(text => new[] { text, text.ToLowerInvariant(), text.ToUpperInvariant() }).Distinct()];

    /// <summary>The numbers of a row, and whether each is there: [N, W] of one column.</summary>
    private sealed record Cell(OnnxTensor Values, OnnxTensor Observed);

    /// <summary>The rows of all columns, [N, W] or, with a mask, [N, 2·W].</summary>
    public static OnnxTensor Row(OnnxGraph graph, TableSchema schema, bool masked)
    {
        var cells = schema.Modelled.Select(column => Of(graph, column)).ToList();
        OnnxTensor Joined(Func<Cell, OnnxTensor> part) => cells.Select(part).Aggregate((a, b) => OnnxTensor.Concat(a, b, 1));
        OnnxTensor Zeroed(Cell cell, double missing) =>
            graph.Node("Where", cell.Values.Dims, [cell.Observed, cell.Values, cell.Values.Number(missing)]);
        return masked
            ? OnnxTensor.Concat(Joined(cell => Zeroed(cell, 0)), Joined(cell => cell.Observed.Cast()), 1)
            : Joined(cell => Zeroed(cell, double.NaN));
    }

    private static Cell Of(OnnxGraph graph, TableColumn column) => column.Kind switch
    {
        ColumnKind.Binary binary => Text(graph, column.Name, [binary.Zero, binary.One], double.NaN),
        ColumnKind.Ordinal ordinal => Text(graph, column.Name, ordinal.Levels, double.NaN),
        ColumnKind.Categorical { Other: var other, Categories: var classes } =>
            Text(graph, column.Name, classes, other.Length > 0 ? classes.Count : double.NaN),
        _ => Number(graph, column),
    };

    private static Cell Text(OnnxGraph graph, string name, ValueList<string> classes, double other)
    {
        var text = graph.Input(name, TensorProto.Types.DataType.String, OnnxGraph.Rows(1));
        string[] missing = [.. Missing.Except(classes)];
        var place = text.Map("LabelEncoder",
            OnnxAttributes.Texts("keys_strings", classes.Concat(missing)),
            OnnxAttributes.Numbers("values_floats", [.. classes.Select((_, i) => (double)i), .. missing.Select(_ => -1.0)]),
            OnnxAttributes.Number("default_float", other));
        return new(place, graph.Node("Equal", place.Dims, [place, place.Number(-1)]).Map("Not"));
    }

    private static Cell Number(OnnxGraph graph, TableColumn column)
    {
        var x = graph.Input(column.Name, TensorProto.Types.DataType.Double, OnnxGraph.Rows(1));
        var isThere = graph.Node("Or", x.Dims, [x.Map("IsNaN"), x.Map("IsInf")]).Map("Not");
        return column.Kind switch
        {
            ColumnKind.Continuous of => new(Scaled(Transformed(x, of.Transform), of.Location, of.Deviation).Cast(), isThere),
            ColumnKind.Positive of => new(Scaled(OnnxTensor.Log(x), of.Location, of.Deviation).Cast(), isThere),
            ColumnKind.ZeroInflated of => ZeroInflated(x, of, isThere),
            ColumnKind.Date of => Date(x, of, isThere),
            ColumnKind.Count => new(x.Cast(), isThere),
            _ => throw new NotSupportedException($"a form of the column {column.Name}"),
        };
    }

    private static Cell ZeroInflated(OnnxTensor x, ColumnKind.ZeroInflated of, OnnxTensor isThere)
    {
        var graph = x.Graph;
        var isPositive = graph.Node("Greater", x.Dims, [x, graph.Doubles([0], [])]);
        // A negative number, which the library refuses, is no 0.
        var isRefused = graph.Node("Less", x.Dims, [x, graph.Doubles([0], [])]);
        var flag = graph.Node("Where", x.Dims, [isRefused, isPositive.Number(double.NaN), isPositive.Cast()]);
        return new(
            OnnxTensor.Concat(flag, Scaled(OnnxTensor.Log(x), of.Location, of.Deviation).Cast(), 1),
            OnnxTensor.Concat(isThere, graph.Node("And", x.Dims, [isThere, isPositive]), 1));
    }

    private static Cell Date(OnnxTensor days, ColumnKind.Date of, OnnxTensor isThere)
    {
        var graph = days.Graph;
        var values = Scaled(days, of.Location, of.Deviation).Cast();
        var observed = isThere;
        foreach (var period in of.Periods)
        {
            // The whole turns go in double precision.
            var turns = graph.Node("Div", days.Dims, [days, graph.Doubles([period], [])]);
            var phase = (turns - turns.Map("Floor")).Cast() * Math.Tau;
            values = OnnxTensor.Concat(OnnxTensor.Concat(values, phase.Map("Sin"), 1), phase.Map("Cos"), 1);
            observed = OnnxTensor.Concat(OnnxTensor.Concat(observed, isThere, 1), isThere, 1);
        }
        return new(values, observed);
    }

    private static OnnxTensor Scaled(OnnxTensor x, double location, double deviation)
    {
        var centred = x.Graph.Node("Sub", x.Dims, [x, x.Graph.Doubles([location], [])]);
        return x.Graph.Node("Div", x.Dims, [centred, x.Graph.Doubles([deviation], [])]);
    }

    private static OnnxTensor Transformed(OnnxTensor x, ColumnTransform transform) => transform.Match(
        none: _ => x,
        // A number below 0, which the library refuses, is NaN.
        log: log => x.Graph.Node("Where", x.Dims, [x.Graph.Node("Less", x.Dims, [x, x.Graph.Doubles([0], [])]),
            x.Graph.Doubles([double.NaN], []), OnnxTensor.Log(x.Graph.Node("Add", x.Dims, [x, x.Graph.Doubles([log.Offset], [])]))]),
        quantile: q => Quantile(x, q));

    // A piecewise linear function as a line, and a change of slope at each inner knot.
    private static OnnxTensor Quantile(OnnxTensor x, ColumnTransform.Quantile of)
    {
        var graph = x.Graph;
        double[] slopes = [.. Enumerable.Range(1, of.Knots.Count - 1)
            .Select(i => (of.Scores[i] - of.Scores[i - 1]) / (of.Knots[i] - of.Knots[i - 1]))];
        double[] changes = [slopes[0], .. slopes.Skip(1).Zip(slopes, (next, last) => next - last)];
        int[] dims = OnnxGraph.Rows(changes.Length);
        var beyond = graph.Node("Sub", dims, [x, graph.Doubles([.. of.Knots.Take(changes.Length)], 1, changes.Length)]);
        // The first line goes on below its knot.
        var floors = graph.Doubles([-double.MaxValue, .. Enumerable.Repeat(0.0, changes.Length - 1)], 1, changes.Length);
        var bent = OnnxTensor.MatMul(graph.Node("Max", dims, [beyond, floors]), graph.Doubles(changes, changes.Length, 1));
        return graph.Node("Add", x.Dims, [bent, graph.Doubles([of.Scores[0]], [])]);
    }
}
