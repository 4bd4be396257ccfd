namespace Vae.Torch;

/// <summary>
/// The cells of a table's row as a model sees them: what <see cref="TableRows.Encode"/> does, as nodes of a graph. What the library
/// refuses gives NaN.
/// </summary>
internal static class OnnxColumns
{
    /// <summary>The rows of all columns, [N, W] or, with a mask, [N, 2·W].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="masked">Whether cells may be missing.</param>
    /// <param name="inputs">What the cells are taken from.</param>
    public static OnnxTensor Row(OnnxGraph graph, TableSchema schema, bool masked, IOnnxCells inputs)
    {
        var cells = schema.Modelled.Select(column => Of(column, inputs)).ToList();
        OnnxTensor Joined(Func<OnnxCell, OnnxTensor> part) => cells.Select(part).Aggregate((a, b) => OnnxTensor.Concat(a, b, 1));
        OnnxTensor Zeroed(OnnxCell cell, double missing) =>
            graph.Node("Where", cell.Values.Dims, [cell.Observed, cell.Values, cell.Values.Number(missing)]);
        return masked
            ? OnnxTensor.Concat(Joined(cell => Zeroed(cell, 0)), Joined(cell => cell.Observed.Cast()), 1)
            : Joined(cell => Zeroed(cell, double.NaN));
    }

    private static OnnxCell Of(TableColumn column, IOnnxCells inputs) => column.Kind switch
    {
        ColumnKind.Binary binary => inputs.Class(column.Name, [binary.Zero, binary.One], double.NaN),
        ColumnKind.Ordinal ordinal => inputs.Class(column.Name, ordinal.Levels, double.NaN),
        ColumnKind.Categorical { Other: var other, Categories: var classes } =>
            inputs.Class(column.Name, classes, other.Length > 0 ? classes.Count : double.NaN),
        ColumnKind.Date of => Number(column, inputs.Days(column.Name, of.Unit)),
        _ => Number(column, inputs.Number(column.Name)),
    };

    private static OnnxCell Number(TableColumn column, OnnxCell cell)
    {
        var (x, isThere) = (cell.Values, cell.Observed);
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

    private static OnnxCell ZeroInflated(OnnxTensor x, ColumnKind.ZeroInflated of, OnnxTensor isThere)
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

    private static OnnxCell Date(OnnxTensor days, ColumnKind.Date of, OnnxTensor isThere)
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
        quantile: q => Piecewise(x, q.Knots, q.Scores));

    /// <summary>A piecewise linear function of 64-bit numbers: a line, and a change of slope at each inner knot.</summary>
    public static OnnxTensor Piecewise(OnnxTensor x, ValueList<double> from, ValueList<double> to)
    {
        var graph = x.Graph;
        double[] slopes = [.. Enumerable.Range(1, from.Count - 1).Select(i => (to[i] - to[i - 1]) / (from[i] - from[i - 1]))];
        double[] changes = [slopes[0], .. slopes.Skip(1).Zip(slopes, (next, last) => next - last)];
        int[] dims = OnnxGraph.Rows(changes.Length);
        var beyond = graph.Node("Sub", dims, [x, graph.Doubles([.. from.Take(changes.Length)], 1, changes.Length)]);
        // The first line goes on below its knot.
        var floors = graph.Doubles([-double.MaxValue, .. Enumerable.Repeat(0.0, changes.Length - 1)], 1, changes.Length);
        var bent = OnnxTensor.MatMul(graph.Node("Max", dims, [beyond, floors]), graph.Doubles(changes, changes.Length, 1));
        return graph.Node("Add", x.Dims, [bent, graph.Doubles([to[0]], [])]);
    }
}
