namespace Vae;

/// <summary>The networks of a hierarchy as they are written, whether they fit or not.</summary>
internal static class HierarchyNetworks
{
    /// <summary>Layers by where they stand.</summary>
    public static ValueList<(string Path, ValueList<Layer> Layers)> Layers(Hierarchy hierarchy) => ValueList.From(
        Networks(hierarchy).Select(network => ($"{network.Path}.layers", network.Network.Layers))
            .Concat(hierarchy.Match(plain: _ => [], ladder: _ => [], topDown: t => ValueList.From(Stages(t).SelectMany(stage =>
                ValueList.From([($"{stage.Path}.up", stage.Stage.Up), ($"{stage.Path}.block", stage.Stage.Block)]))))));

    /// <summary>Layers with a head, by where they stand.</summary>
    public static ValueList<(string Path, Network Network)> Networks(Hierarchy hierarchy) => hierarchy.Match(
        plain: p => ValueList.From(p.Above.SelectMany((level, i) => Both(i, level.Up, level.Down))),
        ladder: l => ValueList.From(l.Above.SelectMany((level, i) => Both(i, level.Up, level.Down))),
        topDown: t => ValueList.From([
            .. t.Lower.Select((level, i) => ($"lower[{i}].prior", level.Prior)),
            .. Stages(t).SelectMany(stage => ValueList.From([($"{stage.Path}.posterior", stage.Stage.Posterior), ($"{stage.Path}.project", stage.Stage.Project)]))]));

    private static ValueList<(string Path, Network Network)> Both(int level, Network up, Network down) => [($"above[{level}].up", up), ($"above[{level}].down", down)];

    private static ValueList<(string Path, TopDownStage Stage)> Stages(Hierarchy.TopDown hierarchy) =>
        [.. hierarchy.Lower.Select((level, i) => ($"lower[{i}].stage", level.Stage)), ("top", hierarchy.Top)];
}
