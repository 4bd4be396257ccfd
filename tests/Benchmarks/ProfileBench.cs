using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>A compiled step in pieces.</summary>
internal sealed class ProfileBench : IDisposable
{
    private readonly Match match;
    private readonly TrainSpec train;
    private readonly VaeModel model;
    private readonly OptimizerState state;
    private readonly BatchSource batches;
    private readonly KeyedNoise noise = new(1, CPU);
    private readonly List<BoundProgram> bound = [];
    private readonly Tensor x;
    private readonly LossSums sums = new(CPU);
    private readonly StepTensors given;
    // As in a run.
    private readonly FlushedDenormals flushed = new();

    public ProfileBench(Match match)
    {
        this.match = match;
        train = new(1, match.Batch, 1, Optimizers.Adam(), Schedules.Constant(1e-3), Clippings.None, Averagings.None, Stoppings.Never);
        model = new(match.Spec, train.Seed);
        state = new(model.Weights);
        var pixels = new byte[60_000 * match.Spec.Input.Size];
        new Random(1).NextBytes(pixels);
        var data = Dataset.Create("noise", match.Spec.Input, Pixels.OfBytes(pixels), Array.Empty<int>(), []);
        batches = new(data, match.Spec.Condition, Binarizations.None, match.Batch, train.Seed, CPU);
        batches.Shuffle(0);
        given = new(model, state, sums, ones([], ScalarType.Float64));
        x = rand([match.Batch, .. match.Spec.Input.Dims.Select(dim => (long)dim)]);
    }

    /// <summary>What is done before a program runs.</summary>
    public ValueList<(string Text, Action Run)> Around()
    {
        var samples = match.Objective.Formulas().Samples;
        var eps = empty(samples * match.Batch, match.Spec.Latent);
        return [("the batch: pick, divide by 255", Batch), ("noise from N(0, 1)", () => noise.Normal(eps, Purpose.Posterior, 1))];
    }

    /// <summary>The program up to each statement; a block of an unmeasured step is none.</summary>
    public IEnumerable<(string Text, Action Run)> Prefixes()
    {
        var whole = CompiledProgram.Compile(match.Spec, match.Objective, train, match.Batch);
        var lines = whole.Text.Split('\n');
        var body = Array.FindIndex(lines, line => line.StartsWith(") -> None:", StringComparison.Ordinal)) + 1;
        yield return ("the call itself", Runner(whole, [.. lines[..body], "    pass"]));
        for (var i = body; i < lines.Length; i++)
            if (lines[i].StartsWith("    ", StringComparison.Ordinal) && lines[i].Trim() is { Length: > 0 } text
                && !text.StartsWith('#') && !text.StartsWith("if ", StringComparison.Ordinal)
                && !lines[i].StartsWith("     ", StringComparison.Ordinal))
                yield return (text.Length <= 110 ? text : text[..107] + "...", Runner(whole, lines[..(i + 1)]));
    }

    public void Dispose()
    {
        bound.ForEach(program => program.Dispose());
        flushed.Dispose();
        given.Beta.Dispose();
        sums.Dispose();
        noise.Dispose();
        batches.Dispose();
        state.Dispose();
        model.Dispose();
    }

    private void Batch()
    {
        using var scope = NewDisposeScope();
        batches.At(1, Purpose.Binarize, 1);
    }

    private Action Runner(CompiledProgram whole, string[] lines)
    {
        var text = string.Join('\n', lines) + "\n";
        // The optimizer's call is dropped where its list is not read afterwards.
        text += text.Contains("updated =", StringComparison.Ordinal)
            && !text.Contains("assert", StringComparison.Ordinal) ? "    assert len(updated) == 1\n" : "";
        var program = new BoundProgram(whole with { Text = text }, model.Weights, given.ByName(x, null));
        bound.Add(program);
        return () => program.Run();
    }
}
