namespace Vae.Tests;

/// <summary>Small hierarchies of each kind, and their networks of linear and tanh layers on any carrier.</summary>
public static class HierarchySamples
{
    private static readonly Network Curved = new([Layers.Linear(3), Layers.Tanh], Heads.Dense), Linear = new([], Heads.Dense);

    /// <summary>z of two values and of one, from encoders that give four, five and two.</summary>
    public static IReadOnlyDictionary<string, Hierarchy> Two { get; } = new Dictionary<string, Hierarchy>
    {
        ["plain"] = Hierarchies.BottomUp(Shape.Vector(2), [new(Shape.Vector(1), Curved, Curved)]),
        ["ladder"] = Hierarchies.Ladder(Shape.Vector(2), [new(Shape.Vector(1), 1, Curved, Curved)]),
        ["top-down"] = Hierarchies.TopDown(
            Shape.Vector(2), Shape.Vector(3), [new(Curved, Stage(2))], Stage(1, [Layers.Linear(2), Layers.Tanh])),
    };

    /// <summary>z of two values.</summary>
    public static IReadOnlyDictionary<string, Hierarchy> One { get; } = new Dictionary<string, Hierarchy>
    {
        ["plain"] = Hierarchies.BottomUp(Shape.Vector(2), []),
        ["ladder"] = Hierarchies.Ladder(Shape.Vector(2), []),
        ["top-down"] = Hierarchies.TopDown(Shape.Vector(3), Shape.Vector(4), [], Stage(2)),
    };

    public static Network Narrow => Linear;

    private static TopDownStage Stage(int latent, ValueList<Layer>? layers = null) =>
        new(Shape.Vector(latent), layers ?? [], Curved, Linear, layers ?? []);

    /// <summary>States of q and p, whose numbers are those of the seed or given by name, as in <c>prior.down.1.0.weight</c>.</summary>
    public static (PartState<T> Q, PartState<T> P) States<T>(
        T like, Posterior q, Prior p, int latent, ulong seed = 3, IReadOnlyDictionary<string, double[]>? given = null)
        where T : struct, ITensor<T>
    {
        ValueList<PartNetwork> networks = [
            .. q.Formulas().Networks(latent).Select(network => network.With(name: $"posterior.{network.Name}")),
            .. p.Formulas().Networks(latent).Select(network => network.With(name: $"prior.{network.Name}"))];
        ValueList<Parameter> all = [
            .. p.Formulas().Learned(latent, Shape.Vector(1)).Select(parameter => parameter.With(name: $"prior.{parameter.Name}")),
            .. networks.SelectMany(network => Parameters.List(Wiring.Layers(network), network.Input, network.Name))];
        var tensors = new PartTensors(all, seed);
        foreach (var parameter in all.Where(parameter => given?.ContainsKey(parameter.Name) == true))
            tensors[parameter.Name] = NdArray.FromValues(given![parameter.Name], [.. parameter.Shape.Dims]);
        T Find(string name) => T.Constant(like, tensors[name].ToArray(), tensors[name].Dims);
        T Run(string name, T rows) => Through(Wiring.Layers(networks.First(network => network.Name == name)), name, rows, Find);
        PartState<T> State(Func<string, string> full) => new(name => Find(full(name)), run: (name, rows, _) => Run(full(name), rows));
        return (State(name => name.StartsWith("prior.", StringComparison.Ordinal) ? name : $"posterior.{name}"),
            State(name => $"prior.{name}"));
    }

    private static T Through<T>(ValueList<Layer> layers, string name, T rows, Func<string, T> find) where T : struct, ITensor<T>
    {
        for (var i = 0; i < layers.Count; i++)
            rows = layers[i] is Layer.Linear
                ? T.MatMul(rows, T.Transpose(find($"{name}.{i}.weight"))) + find($"{name}.{i}.bias")
                : T.Tanh(rows);
        return rows;
    }
}
