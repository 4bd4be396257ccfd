namespace Vae.Torch;

/// <summary>Dates as nodes of a graph.</summary>
internal static class OnnxDates
{
    /// <summary>
    /// The date of a column's numbers, in days since 1970-01-01: those nearest to the first that have the phases of the others, as
    /// <see cref="ColumnKind.Date"/> writes them, but any day where that takes the first of a month or year. [N, W] → [N, 1].
    /// </summary>
    public static OnnxTensor Days(OnnxTensor means, ColumnKind.Date of)
    {
        var days = OnnxAnswers.Unscaled(OnnxTensor.Slice(means, 1, 0, 1), of.Location, of.Deviation);
        for (var i = 0; i < of.Periods.Count; i++)
        {
            var step = of.Periods[i] > 1 ? Math.Max(of.Unit, 1) : of.Unit;
            var phase = Turn(OnnxTensor.Slice(means, 1, 1 + 2 * i, 1), OnnxTensor.Slice(means, 1, 2 + 2 * i, 1));
            var turn = Wide("Sub", phase, Wide("Div", days, of.Periods[i]));
            var shift = Wide("Mul", Wide("Sub", turn, turn.Map("Round")), of.Periods[i] / step);
            days = Wide("Add", days, Wide("Mul", shift.Map("Round"), step));
        }
        return Wide("Mul", Wide("Div", days, of.Unit).Map("Round"), of.Unit).Cast();
    }

    // The angle of (cosine, sine) in turns, by the half angle: there is no arctangent of two arguments.
    private static OnnxTensor Turn(OnnxTensor sine, OnnxTensor cosine)
    {
        var radius = OnnxTensor.Sqrt(OnnxTensor.Square(sine) + OnnxTensor.Square(cosine));
        var sum = radius + cosine;
        var isBack = sine.Graph.Node("Equal", sum.Dims, [sum, sum.Number(0)]);
        var isBehind = sine.Graph.Node("And", sum.Dims, [isBack, sine.Graph.Node("Greater", sum.Dims, [radius, sum.Number(0)])]);
        var half = sine.Graph.Node("Where", sum.Dims, [isBack, sum.Number(0), (sine / sum).Map("Atan")]);
        var turn = sine.Graph.Node("Where", sum.Dims, [isBehind, sum.Number(0.5), half / Math.PI]);
        return turn.Map("Cast", OnnxAttributes.Whole("to", (long)Onnx.TensorProto.Types.DataType.Double));
    }

    private static OnnxTensor Wide(string op, OnnxTensor a, double b) => Wide(op, a, a.Graph.Doubles([b], []));

    private static OnnxTensor Wide(string op, OnnxTensor a, OnnxTensor b) => a.Graph.Node(op, a.Dims, [a, b]);
}
