using System.Reflection;
using System.Reflection.Emit;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

public class ScalarLawTests
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    [Fact]
    public void ANumberThatChangesEveryStepIsNeverTooMany()
    {
        using var one = ones(1, ScalarType.Float64);
        for (var i = 1; i <= 10_000; i++)
        {
            using var product = one.mul(Scalars.Get(i / 7.0));
            Assert.Equal(i / 7.0, product.ToDoubles()[0]);
        }
    }

    [Fact]
    public void ZerosOfBothSignsAreKept()
    {
        using var one = ones(1, ScalarType.Float64);
        using Tensor above = one.div(Scalars.Get(0.0)), below = one.div(Scalars.Get(-0.0));
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity], [.. above.ToDoubles(), .. below.ToDoubles()]);
    }

    // Where two threads made one each, the one that is not kept could be finalized in use.
    [Fact]
    public async Task AllThreadsGetTheSameScalarOfANumber()
    {
        const int Threads = 8, Numbers = 400;
        for (var round = 0; round < 20; round++)
        {
            Scalars.Cache.Clear();
            using var together = new Barrier(Threads);
            var found = await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Factory.StartNew(() =>
            {
                together.SignalAndWait();
                return Enumerable.Range(0, Numbers).Select(i => Scalars.Get(i / 3.0)).ToArray();
            }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
            for (var i = 0; i < Numbers; i++)
                Assert.All(found, scalars => Assert.Same(Scalars.Get(i / 3.0), scalars[i]));
        }
    }

    [Fact]
    public void FormulasAreRightWhileAnotherThreadCollects()
    {
        using var end = new CancellationTokenSource();
        var collector = new Thread(() =>
        {
            // Without a pause the collector would hold the others up for ever where a core is its own.
            while (!end.Token.WaitHandle.WaitOne(1))
                GC.Collect();
        });
        collector.Start();
        try
        {
            Parallel.For(0, 2, worker => Use(6000, 0.5 + worker));
        }
        finally
        {
            end.Cancel();
            collector.Join();
        }
    }

    private static void Use(int times, double start)
    {
        for (var i = 0; i < times; i++)
        {
            using var scope = NewDisposeScope();
            using var noGrad = no_grad();
            var (mu, logVar) = (start + i % 5, 0.25 * (i % 7));
            TorchTensor m = full([2, 3], Scalars.Get(mu), ScalarType.Float64), l = full([2, 3], Scalars.Get(logVar), ScalarType.Float64);
            // A weight that is a constant to nobody, as a scheduled β is.
            var beta = start + i / 1e4;
            var loss = (beta * Normals.KlToStandard(m, l)).Tensor.ToDoubles();
            Assert.Equal(beta * 1.5 * (Math.Exp(logVar) + mu * mu - 1 - logVar), loss[1], 1e-9);
        }
    }

    /// <summary>In the library itself, and in what it calls of TorchSharp: a scalar made there lives no longer.</summary>
    [Fact]
    public void NoScalarIsMadeOnTheWay()
    {
        var makers = typeof(Scalar).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == "op_Implicit")
            .Concat(typeof(ScalarExtensionMethods).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.Name == "ToScalar"))
            .ToHashSet<MethodBase>();
        var found = new List<string>();
        var seen = new Dictionary<MethodBase, bool>();
        foreach (var method in Bodies(typeof(VaeModel).Assembly).Where(m => Outermost(m.DeclaringType!) != typeof(Scalars)))
            foreach (var called in Calls(method).Where(c => makers.Contains(c) || MakesOne(c, makers, seen, 3)))
                found.Add($"{method.DeclaringType!.Name}.{method.Name} → {called.DeclaringType!.Name}.{called}");
        Assert.Equal("", string.Join("\n", found.Distinct()));
    }

    // A program is invoked with numbers too, but ours take tensors alone.
    private static bool TakesTensors(MethodBase method) => method.Name == nameof(jit.CompilationUnit.invoke);

    private static bool MakesOne(MethodBase method, HashSet<MethodBase> makers, Dictionary<MethodBase, bool> seen, int depth)
    {
        if (method.Module.Assembly != typeof(Tensor).Assembly || depth == 0 || TakesTensors(method))
            return false;
        if (seen.TryGetValue(method, out var known))
            return known;
        seen[method] = false;
        return seen[method] = Calls(method).Any(called => makers.Contains(called) || MakesOne(called, makers, seen, depth - 1));
    }

    private static IEnumerable<MethodBase> Bodies(Assembly assembly) => assembly.GetTypes().SelectMany(type =>
        type.GetMembers(Declared).OfType<MethodBase>());

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(c => c.Value);

    private static IEnumerable<MethodBase> Calls(MethodBase method)
    {
        var il = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < il.Length;)
        {
            var code = Codes[il[at] == 0xFE ? unchecked((short)(0xFE00 | il[at + 1])) : il[at]];
            at += code.Size;
            if (code.OperandType == OperandType.InlineMethod && Resolve(method, BitConverter.ToInt32(il, at)) is { } called)
                yield return called;
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
    }

    private static MethodBase? Resolve(MethodBase within, int token)
    {
        try
        {
            return within.Module.ResolveMethod(token,
                within.DeclaringType?.GetGenericArguments(), within.IsGenericMethod ? within.GetGenericArguments() : null);
        }
        catch (Exception e) when (e is ArgumentException or BadImageFormatException or FileNotFoundException or TypeLoadException)
        {
            return null;
        }
    }
}
