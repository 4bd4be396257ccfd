using System.Text.RegularExpressions;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Divides a program into statements that kernels run, and functions of the others.</summary>
internal sealed partial class ProgramParts(CompiledProgram program, IReadOnlyDictionary<string, Tensor> tensors, Tensor filler)
{
    private readonly Dictionary<string, ProgramStatement> views = program.Statements
        .Where(statement => statement.ViewOf is { } whole && program.Arguments.Any(argument => argument.Name == whole))
        .DistinctBy(statement => Locals(statement).Single()).ToDictionary(statement => Locals(statement).Single());

    /// <summary>The program as one function.</summary>
    public ValueList<ProgramPart> Whole() =>
        [new ScriptPart(program.Text, [.. program.Arguments.Select(argument => (argument.Name, tensors[argument.Name]))], filler)];

    /// <summary>The program in parts, in order.</summary>
    public ValueList<ProgramPart> Divided()
    {
        var parts = new List<ProgramPart>();
        var waiting = new List<ProgramStatement>();
        void Flush()
        {
            if (waiting.Any(statement => !IsView(statement)))
                parts.Add(Script(waiting));
            waiting.Clear();
        }
        var runsKernel = WithKernels();
        for (var i = 0; i < runsKernel.Length; i++)
        {
            var statement = program.Statements[i];
            if (!runsKernel[i])
            {
                waiting.Add(statement);
                continue;
            }
            Flush();
            parts.Add(new KernelPart(statement.Kernel!, [.. statement.Kernel!.Operands.Select(Operand)]));
        }
        Flush();
        return ValueList.From(parts);
    }

    /// <summary>Which statements kernels run: no local variable may be needed on both sides, since each function has its own.</summary>
    private bool[] WithKernels()
    {
        var statements = program.Statements;
        var runs = statements.Select(statement => Tiles.AreSupported && IsUsable(statement)).ToArray();
        for (var i = 0; i < runs.Length; i++)
            foreach (var local in IsView(statements[i]) ? [] : Locals(statements[i]))
            {
                var last = Enumerable.Range(i, runs.Length - i).Last(at => Mentioned(statements[at]).Contains(local));
                if (last > i)
                    Array.Fill(runs, false, i, last - i + 1);
            }
        return runs;
    }

    private bool IsUsable(ProgramStatement statement) => statement is { Kernel: { } kernel, IsMeasured: false }
        && kernel.Operands.All(name => tensors.TryGetValue(Root(name), out var tensor) && tensor.device_type == DeviceType.CPU
            && tensor.is_contiguous() && (tensor.dtype == ScalarType.Float32 || name == StepNames.Rate));

    private (string Name, Tensor Tensor) Operand(string name) => (Root(name), tensors[Root(name)]);

    // A view of all values begins where they do.
    private string Root(string name) => views.TryGetValue(name, out var view) ? view.ViewOf! : name;

    private bool IsView(ProgramStatement statement) => views.ContainsValue(statement);

    private ScriptPart Script(List<ProgramStatement> statements)
    {
        var mentioned = statements.SelectMany(Mentioned).ToHashSet();
        // Each function makes the views that it needs.
        var before = views.Where(view => mentioned.Contains(view.Key) && !statements.Contains(view.Value)).Select(view => view.Value).ToList();
        mentioned.UnionWith(before.Select(statement => statement.ViewOf!));
        var arguments = program.Arguments.Where(argument => mentioned.Contains(argument.Name))
            .Select(argument => (argument.Name, tensors[argument.Name])).ToList();
        return new(ProgramStatement.Function("step", arguments.Select(argument => (argument.Name, "")), before.Concat(statements)), arguments,
            filler);
    }

    private static IEnumerable<string> Locals(ProgramStatement statement) => Assignments().Matches(statement.Text)
        .SelectMany(match => match.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries));

    private static HashSet<string> Mentioned(ProgramStatement statement) => [.. Names().Matches(statement.Text).Select(match => match.Value)];

    [GeneratedRegex(@"^\s*(?<names>\w+(, *\w+)*) = ", RegexOptions.Multiline)]
    private static partial Regex Assignments();

    [GeneratedRegex(@"\b[A-Za-z_]\w*")]
    private static partial Regex Names();
}
