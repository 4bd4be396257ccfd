using System.Globalization;

namespace Vae.Torch;

/// <summary>Collects the statements of a TorchScript function and the arguments that they use.</summary>
internal sealed class ProgramWriter(VaeSpec spec, Precision precision)
{
    private readonly List<ProgramStatement> statements = [];
    private readonly List<Argument> arguments = [];
    private readonly Dictionary<string, string> shapes = [];
    private readonly List<NoiseBuffer> draws = [];
    private string heading = "";
    private readonly Dictionary<string, Parameter> weights = Parameters.List(spec).ToDictionary(p => p.Name);
    private readonly List<(string Scratch, string Tensor)> shares = [];

    /// <summary>The shape of one condition.</summary>
    public Shape ConditionShape => Wiring.ConditionShape(spec);

    /// <summary>Precision of the products in linear layers.</summary>
    public Precision Precision => precision;

    public ValueList<Argument> Arguments => ValueList.From(arguments);

    public ValueList<NoiseBuffer> Draws => ValueList.From(draws);

    /// <summary>The statements so far.</summary>
    public ValueList<ProgramStatement> Statements => ValueList.From(statements);

    /// <summary>The complete function; its last argument is <c>measured</c>.</summary>
    public string Function(string name) => ProgramStatement.Function(name, arguments.Select(a => (a.Name, Note(a))), statements);

    /// <summary>Whether the next statements run on measured steps only.</summary>
    public bool OnlyMeasured { get; set; }

    /// <summary>Appends a statement, and what computes the same without libtorch, if anything does.</summary>
    public void Line(string statement, StepKernel? kernel = null) => Append(new(statement, OnlyMeasured, heading, kernel));

    /// <summary>Sets the comment above the next statement; dropped if there is none before the next comment.</summary>
    public void Comment(string text) => heading = $"\n    # {text}\n";

    /// <summary>An argument that the caller passes.</summary>
    public string Input(string name, string shape = "") => Add(new Argument.Input(name), shape);

    /// <summary>The value of a schedule in the current step; [], float64.</summary>
    public string Scheduled(string name, Schedule schedule) => Add(new Argument.Scheduled(name, schedule), "[]");

    /// <summary>A trained tensor or running statistic; the name may be that of a further use of a network.</summary>
    public string Weight(string name) => Uses.IsEcho(name) && !weights[Uses.Tensor(name)].Trained
        ? Scratch(Identifier(name), name) : Add(new Argument.Weight(Identifier(name), Uses.Tensor(name), false), Note(name));

    /// <summary>The gradient of a trained tensor; of a further use of its network, a buffer that is added to it at the end.</summary>
    public string Gradient(string name)
    {
        if (Uses.Tensor(name) == name)
            return Add(new Argument.Weight($"d_{Identifier(name)}", name, true), Note(name));
        var scratch = Scratch($"d_{Identifier(name)}", name);
        if (Uses.Counts(name))
            shares.Add((scratch, Uses.Tensor(name)));
        return scratch;
    }

    /// <summary>Adds to the gradients what further uses of networks contribute.</summary>
    public void AddShares()
    {
        if (shares.Count > 0)
            Comment("gradients of networks that run more than once");
        foreach (var (scratch, tensor) in shares)
            Contribute(tensor, scratch);
        shares.Clear();
    }

    /// <summary>Adds an expression to the gradient of a trained tensor, after all stages have been written.</summary>
    public void Contribute(string tensor, string share)
    {
        var isFirst = !shapes.ContainsKey($"d_{Identifier(tensor)}");
        Line($"{Gradient(tensor)}.{(isFirst ? "copy_" : "add_")}({share})");
    }

    /// <summary>A named number, for operations on every value in every step.</summary>
    public string Number(string name, double number) => Add(new Argument.Constant(name, number), Text(number));

    /// <summary>−1.</summary>
    public string MinusOne => Number("minus_one", -1);

    /// <summary>A buffer for rows of examples, overwritten in each step.</summary>
    public ProgramTensor Buffer(string name, int rows, Shape shape, bool owned = true)
    {
        var value = new ProgramTensor(name, rows, shape, IsStatic: true, owned, NeedsGradient: true);
        Add(new Argument.Buffer(name, value.Dims), Text(value.Dims));
        return value;
    }

    /// <summary>A buffer of any dimensions, overwritten in each step.</summary>
    public string Buffer(string name, ValueList<long> dims) => Add(new Argument.Buffer(name, dims), Text(dims));

    /// <summary>Values that no step changes.</summary>
    public string Values(string name, ValueList<double> values, ValueList<long> dims) =>
        Add(new Argument.Values(name, values, dims), $"{Text(dims)}, constant");

    /// <summary>A view of an earlier argument.</summary>
    public string View(Argument view, string note) => Add(view, note);

    /// <summary>A buffer in bfloat16, overwritten in each step.</summary>
    public string BFloat16(string name, ValueList<long> dims) =>
        Add(new Argument.Buffer(name, dims, IsBFloat16: true), $"{Text(dims)} bfloat16");

    /// <summary>A buffer that is filled with noise before each call.</summary>
    public ProgramTensor Noise(string name, int rows, Shape shape, NoiseUse? use = null)
    {
        draws.Add(new(name, use ?? NoiseUse.OfPosterior));
        return Buffer(name, rows, shape);
    }

    /// <summary>How many values the function allocates in a step.</summary>
    public long Allocated { get; private set; }

    /// <summary>A local variable of the function, which an operation without a buffer for its result allocates.</summary>
    public ProgramTensor Local(string name, int rows, Shape shape)
    {
        Allocated += rows * (long)shape.Size;
        return new(name, rows, shape, IsStatic: false, IsOwned: true, NeedsGradient: true);
    }

    /// <summary>A local variable for a view; of all values of an argument in other dimensions, if its name is given.</summary>
    public void Local(string name, string view, string? whole) => Append(new($"{name} = {view}", OnlyMeasured, heading, ViewOf: whole));

    /// <summary>The tensor itself if it may be overwritten, else a buffer of the same shape.</summary>
    public ProgramTensor Target(ProgramTensor value, string name) =>
        value.IsOwned ? value : Buffer(name, value.Rows, value.Shape) with { NeedsGradient = value.NeedsGradient };

    /// <summary>An expression for the transpose of a matrix.</summary>
    public string Transposed(ProgramTensor value) =>
        value.IsStatic ? Transposed(value.Name) : $"{value.Name}.t()";

    /// <summary>An expression for the transpose of an argument.</summary>
    public string Transposed(string argument) => Add(new Argument.Transposed($"{argument}_t", argument), $"{argument}, transposed");

    /// <summary>A name for consecutive columns of a matrix.</summary>
    public ProgramTensor Columns(ProgramTensor value, string name, int start, int length)
    {
        if (value.IsStatic)
            Add(new Argument.Columns(name, value.Name, start, length), $"columns {start} … {start + length - 1} of {value.Name}");
        else
            Line($"{name} = {value.Name}.narrow(1, {start}, {length})");
        return value with { Name = name, Shape = Shape.Vector(length) };
    }

    /// <summary>A name for a view in other dimensions.</summary>
    public string Reshaped(ProgramTensor value, string name, ValueList<long> dims)
    {
        if (value.IsStatic)
            return Add(new Argument.Reshaped(name, value.Name, dims), $"{value.Name} as {Text(dims)}");
        // A view, never a copy: statements write through it.
        Local(name, $"{value.Name}.view({Text(dims)})", value.Name);
        return name;
    }

    /// <summary>A name for the same examples in another shape.</summary>
    public ProgramTensor Reshaped(ProgramTensor value, string name, Shape shape)
    {
        var reshaped = value with { Name = name, Shape = shape };
        if (value.IsStatic)
            Reshaped(value, name, reshaped.Dims);
        else
            // A copy if a convolution's channels lie innermost; then the original is not overwritten.
            Line($"{name} = {value.Name}.reshape({Text(reshaped.Dims)})");
        return reshaped;
    }

    /// <summary>A float literal; TorchScript requires a decimal point or an exponent.</summary>
    public static string Text(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.Contains('.') || text.Contains('E') ? text : text + ".0";
    }

    /// <summary>A list literal.</summary>
    public static string Text(IEnumerable<long> dims) => $"[{string.Join(", ", dims)}]";

    /// <summary>A tensor's name as an identifier.</summary>
    public static string Identifier(string name) => name.Replace('.', '_').Replace('@', '_');

    private void Append(ProgramStatement statement)
    {
        statements.Add(statement);
        heading = "";
    }

    private string Add(Argument argument, string note)
    {
        if (shapes.TryAdd(argument.Name, note))
            arguments.Add(argument);
        return argument.Name;
    }

    private string Note(string weight) => Text(Dims(weight));

    private IEnumerable<long> Dims(string weight) => weights[Uses.Tensor(weight)].Shape.Dims.Select(dim => (long)dim);

    private string Scratch(string name, string weight) =>
        Add(new Argument.Buffer(name, ValueList.From(Dims(weight))), Note(weight));

    private string Note(Argument argument) => shapes[argument.Name] is { Length: > 0 } note ? $"  # {note}" : "";

    internal static InvalidOperationException NotCovered() => new("the compiled step does not cover this part of the model");
}
