using Microsoft.ML.Data;
using Onnx;

namespace Vae.Torch;

/// <summary>
/// The cells of a graph's columns from those of a data view as ML.NET passes them, one row at a time: each input has the type of its
/// column. Dates, and numbers that are texts, are converted by ML.NET before.
/// </summary>
internal sealed class GraphCells(OnnxGraph graph, ValueList<ViewColumn> columns) : IOnnxCells
{
    private const double SecondsOfDay = 86_400;

    private static readonly long Epoch = DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;

    private static readonly Dictionary<Type, TensorProto.Types.DataType> Types = new()
    {
        [typeof(ReadOnlyMemory<char>)] = TensorProto.Types.DataType.String,
        [typeof(bool)] = TensorProto.Types.DataType.Bool,
        [typeof(float)] = TensorProto.Types.DataType.Float,
        [typeof(double)] = TensorProto.Types.DataType.Double,
        [typeof(sbyte)] = TensorProto.Types.DataType.Int8,
        [typeof(byte)] = TensorProto.Types.DataType.Uint8,
        [typeof(short)] = TensorProto.Types.DataType.Int16,
        [typeof(ushort)] = TensorProto.Types.DataType.Uint16,
        [typeof(int)] = TensorProto.Types.DataType.Int32,
        [typeof(uint)] = TensorProto.Types.DataType.Uint32,
        [typeof(long)] = TensorProto.Types.DataType.Int64,
        [typeof(ulong)] = TensorProto.Types.DataType.Uint64,
    };

    private readonly Dictionary<string, OnnxTensor> inputs = [];

    /// <summary>The inputs of the graph, as columns of the data view.</summary>
    public ValueList<string> Inputs => ValueList.From(inputs.Keys);

    /// <summary>The column of a date's ticks, or of the number that a text is, which ML.NET converts.</summary>
    public static string Converted(ViewColumn column) => $"{column.Input} (converted)";

    public OnnxCell Class(string column, ValueList<string> classes, double other)
    {
        var source = Source(column);
        var cell = Given(source);
        return source.Item switch
        {
            TextDataViewType => OnnxCells.OfText(cell, classes, other),
            BooleanDataViewType => OfTruth(cell, classes, other),
            _ => OfNumber(cell, source, classes, other),
        };
    }

    public OnnxCell Number(string column)
    {
        var source = Source(column);
        if (source.Item is not TextDataViewType)
            return OnnxCells.OfNumber(Wide(Given(source)));
        var number = Input(Converted(source), TensorProto.Types.DataType.Double, 1);
        // What is neither a number nor missing stays NaN, and is refused.
        return new(number, graph.Node("And", number.Dims, [IsText(Given(source)), number.Map("IsInf").Map("Not")]));
    }

    public OnnxCell Days(string column, double unit)
    {
        var source = Source(column);
        var ticks = Input(Converted(source), TensorProto.Types.DataType.Int64, 1);
        var isDate = graph.Node("Equal", ticks.Dims, [ticks, graph.Whole(0)]).Map("Not");
        var seconds = graph.Node("Sub", ticks.Dims, [
            graph.Node("Div", ticks.Dims, [ticks, graph.Whole(TimeSpan.TicksPerSecond)]), graph.Whole(Epoch)]);
        var rest = graph.Node("Mod", ticks.Dims, [seconds, graph.Whole((long)Math.Round(unit * SecondsOfDay))]);
        var days = graph.Node("Div", ticks.Dims, [Wide(graph.Node("Sub", ticks.Dims, [seconds, rest])), graph.Doubles([SecondsOfDay], [])]);
        return new(graph.Node("Where", days.Dims, [isDate, days, graph.Doubles([double.NaN], [])]),
            source.Item is TextDataViewType ? IsText(Given(source)) : isDate);
    }

    private ViewColumn Source(string name) => columns.First(column => column.Name == name);

    private OnnxTensor Given(ViewColumn column)
    {
        var input = Input(column.Input, Types[column.Item.RawType], Math.Max(1, column.Size));
        return column.Size > 1 ? OnnxTensor.Slice(input, 1, column.Slot, 1) : input;
    }

    private OnnxTensor Input(string name, TensorProto.Types.DataType type, int size) => inputs.TryGetValue(name, out var known) ? known
        : inputs[name] = graph.Input(name, type, OnnxGraph.Rows(size));

    private static OnnxTensor Wide(OnnxTensor x) => x.Map("Cast", OnnxAttributes.Whole("to", (long)TensorProto.Types.DataType.Double));

    // Whether the text does not stand for a missing cell.
    private static OnnxTensor IsText(OnnxTensor text) => OnnxCells.OfText(text, [], 0).Observed;

    private OnnxCell OfTruth(OnnxTensor isTrue, ValueList<string> classes, double other)
    {
        double Place(string text) => classes.ToList().IndexOf(text) is >= 0 and var place ? place : other;
        var place = graph.Node("Where", isTrue.Dims, [isTrue, graph.Constant([Place("true")], []), graph.Constant([Place("false")], [])]);
        return new(place, graph.Node("Or", isTrue.Dims, [isTrue, isTrue.Map("Not")]));
    }

    // Exactly one of the places counts, from 1; none for another number.
    private OnnxCell OfNumber(OnnxTensor number, ViewColumn source, ValueList<string> classes, double other)
    {
        VaeException.Require(classes.All(NumberTexts.IsNumber), $"rows.{SafeText.Cut(source.Input)}",
            $"must be of texts, as are the classes {string.Join(", ", classes.Take(5).Select(SafeText.Cut))}", source.Item);
        var x = Wide(number);
        var isSingle = source.Item == NumberDataViewType.Single;
        double[] values = [.. classes.Select(NumberTexts.Parse).Select(value => isSingle ? (float)value : value)];
        var isClass = graph.Node("Equal", OnnxGraph.Rows(values.Length), [x, graph.Doubles(values, 1, values.Length)]).Cast();
        var found = OnnxTensor.MatMul(isClass, graph.Constant([.. values.Select((_, i) => i + 1.0)], values.Length, 1));
        var place = graph.Node("Where", found.Dims, [
            graph.Node("Equal", found.Dims, [found, found.Number(0)]), found.Number(other), found - 1]);
        return new(place, OnnxCells.OfNumber(x).Observed);
    }
}
