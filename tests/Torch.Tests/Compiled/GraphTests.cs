using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Tests;

/// <summary>Programs of random formulas against autograd over the same formulas.</summary>
public class GraphTests
{
    // More formulas are checked by GRAPH_FORMULAS=20000.
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("GRAPH_FORMULAS") ?? "300");

    private const int Parts = 4;

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, Parts)];

    [Theory, MemberData(nameof(Seeds))]
    public void ValuesAndDerivativesAreThoseOfAutograd(int part)
    {
        for (var seed = part; seed < Count; seed += Parts)
            Check(seed, 3 + seed % 24);
    }

    [Fact]
    public void GreatNumbersCancelAsInTheFormula()
    {
        using var scope = NewDisposeScope();
        double[] extremes = [-1e30, -1e6, -40, -3, 0, 7, 40, 1e6, 1e30];
        var graph = new Graph();
        var x = graph.Input("x0", extremes.Length);
        var bounded = Normals.BoundedLogVar(new Traced(x));
        var loss = Traced.Sum(bounded, 0);
        using var program = new GraphProgram(graph, [x], [bounded.Node, Adjoints.Of(loss.Node, [x], _ => true).Inputs[x]], 2);
        var values = torch.tensor(extremes, ScalarType.Float64, requires_grad: true);
        Tensor expected = Normals.BoundedLogVar<TorchTensor>(values);
        expected.sum().backward();
        var actual = program.Run([values.detach()]);
        Assert.Equal(expected.ToDoubles(), actual[0].ToDoubles(), (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Abs(a));
        Assert.Equal(values.grad!.ToDoubles(), actual[1].ToDoubles(), (a, b) => Math.Abs(a - b) <= 1e-12 * Math.Abs(a));
    }

    private static void Check(int seed, int length)
    {
        using var scope = NewDisposeScope();
        var formula = new RandomFormulas(seed, length);
        var graph = new Graph();
        Node[] inputs = [.. formula.Inputs.Select((dims, i) => graph.Input($"x{i}", dims))];
        var traced = formula.Values<Traced>([.. inputs.Select(input => new Traced(input))],
            (x, times) => new(graph.Repeat(x.Node, times)));
        var loss = Loss(traced);
        var gradients = Adjoints.Of(loss.Node, inputs, _ => true).Inputs;
        List<Node> outputs = [
            loss.Node, graph.Filled(traced[^1].Node, traced[^1].Dims),
            .. inputs.Select(input => gradients.GetValueOrDefault(input) ?? graph.Full(0, input.Dims))];
        using var program = new GraphProgram(graph, inputs, outputs, seed % 3 == 0 ? 1 : outputs.Count);
        for (var round = 0; round < 2; round++)
        {
            torch.random.manual_seed(100 * seed + round);
            Tensor[] values = [
                .. formula.Inputs.Select(dims => randn(Dimensions.Long(dims), ScalarType.Float64, requires_grad: true))];
            var expected = formula.Values<TorchTensor>([.. values.Select(value => new TorchTensor(value))],
                (x, times) => TensorExtensions.Repeat(x, times));
            Tensor total = Loss(expected);
            if (total.requires_grad)
                total.backward();
            var actual = program.Run([.. values.Select(value => value.detach())]);
            Tensor[] wanted = [total, expected[^1], .. values.Select(value => value.grad ?? zeros_like(value))];
            for (var i = 0; i < wanted.Length; i++)
            {
                var distance = PairedRuns.Distance(wanted[i].detach(), actual[i]);
                // Terms of about 0.1 that cancel leave nothing but their rounding.
                if ((wanted[i].detach() - actual[i]).norm().ToDouble() <= 1e-15)
                    distance = 0;
                Assert.True(distance <= 1e-9 && wanted[i].shape.SequenceEqual(actual[i].shape),
                    $"formula {seed} of {length}, output {i}, round {round}: {distance}\n{string.Join('\n', graph.Nodes)}\n{program.Text}");
            }
        }
    }

    private static T Loss<T>(List<T> values) where T : struct, ITensor<T> => values
        .Select((x, i) => T.Sum(T.Tanh(0.3 * x) * (0.1 * (i + 1)), [.. Enumerable.Range(0, x.Dims.Length)]))
        .Aggregate((sum, next) => sum + next);
}

/// <summary>A program of a graph alone, which copies some values to buffers.</summary>
internal sealed class GraphProgram : IDisposable
{
    private readonly BoundProgram program;
    private readonly VaeModel model = new(Zoo.Mlp(Shape.Vector(2), 1, 1), 1, type: ScalarType.Float64);
    private readonly string[] names;
    private readonly Node[] inputs;

    /// <summary>A program whose outputs are written always, but for the last ones, which are written when measured.</summary>
    public GraphProgram(Graph graph, Node[] inputs, List<Node> outputs, int always)
    {
        this.inputs = inputs;
        var to = new ProgramWriter(model.Spec, Precision.Float32);
        (graph, var map) = Lowering.Of(graph, [.. outputs, .. inputs]);
        outputs = [.. outputs.Select(output => map[output])];
        var writer = new GraphWriter(to, graph, outputs.Take(always).ToList(), outputs.Skip(always).ToList());
        // Every second input is another tensor in each call.
        writer.Write(node => (to.Input(node.Name), IsStatic(node)));
        foreach (var input in inputs)
            to.Input(input.Name);
        names = [.. outputs.Select((node, i) => to.Buffer($"out_{i}", [.. node.Dims.Select(dim => (long)dim)]))];
        for (var i = 0; i < names.Length; i++)
        {
            to.OnlyMeasured = i >= always;
            to.Line($"{names[i]}.copy_({writer[outputs[i]]})");
        }
        Text = to.Function("step");
        program = new(new(Text, to.Arguments, to.Draws, to.Allocated), model.Weights,
            inputs.ToDictionary(input => input.Name, input => zeros([.. input.Dims.Select(dim => (long)dim)], ScalarType.Float64)));
    }

    public string Text { get; }

    public Tensor[] Run(Tensor[] values)
    {
        for (var i = 0; i < values.Length; i++)
            if (IsStatic(inputs[i]))
                program[inputs[i].Name].copy_(values[i]);
            else
                program.Pass(inputs[i].Name, values[i]);
        program.Run(measure: true);
        return [.. names.Select(name => program[name].clone())];
    }

    private static bool IsStatic(Node input) => input.Name[^1] % 2 == 0;

    public void Dispose()
    {
        program.Dispose();
        model.Dispose();
    }
}
