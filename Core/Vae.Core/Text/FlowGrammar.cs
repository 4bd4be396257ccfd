namespace Vae;

/// <summary>Reads <c>iaf:4:320</c>: a sequence of flows of one kind, each with its own parameters.</summary>
internal static class FlowGrammar
{
    public static ValueList<Flow>? Read(string[] words) =>
        words is [_, { Repeats: { } count }, ..] && One(words) is { } flow ? Flows.Repeat(count, flow) : null;

    private static Flow? One(string[] words) => words switch
    {
        ["planar", _] => Flows.Planar,
        ["householder", _] => Flows.Householder,
        ["iaf", _] => Flows.InverseAutoregressive(),
        ["iaf", _, { Whole: { } width }] => Flows.InverseAutoregressive(width),
        ["maf", _] => Flows.MaskedAutoregressive(),
        ["maf", _, { Whole: { } width }] => Flows.MaskedAutoregressive(width),
        ["coupling", _] => Flows.AffineCoupling(),
        ["coupling", _, { Whole: { } width }] => Flows.AffineCoupling(width),
        _ => null,
    };
}
