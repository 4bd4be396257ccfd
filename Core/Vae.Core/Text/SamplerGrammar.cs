namespace Vae;

internal static class SamplerGrammar
{
    private const int Steps = 6, Width = 128;

    public static TextGrammar Grammar { get; } = new("sampler", [
        new("prior", "The model's own prior."),
        new("mixture[:COMPONENTS]", "A mixture of normals with full covariances; 10 components by default."),
        new("best-mixture[:MAX]", "A mixture of as many normals as cross-validation chooses, at most 20 by default; that of tables."),
        new("two-stage[:WIDTH]", "A second autoencoder of the codes; Dai & Wipf 2019."),
        new("flow", "Six masked autoregressive flows."),
        new("flow:maf:COUNT[:WIDTH]", "COUNT masked autoregressive flows."),
        new("flow:coupling:COUNT[:WIDTH]", "COUNT affine coupling flows."),
        new("vamp[:EXAMPLES]", "A mixture of the posteriors of training examples; 500 by default."),
    ], "");

    public static Sampler? Read(string[] words) => words switch
    {
        ["prior"] => Samplers.Prior,
        ["mixture"] => Samplers.Mixture(),
        ["mixture", { Whole: { } components }] => Samplers.Mixture(components),
        ["best-mixture"] => Samplers.BestMixture(),
        ["best-mixture", { Whole: { } max }] => Samplers.BestMixture(max),
        ["two-stage"] => Samplers.TwoStage(),
        ["two-stage", { Whole: { } width }] => Samplers.TwoStage(width),
        ["flow"] => Samplers.Flow(Flows.Repeat(Steps, Flows.MaskedAutoregressive(Width))),
        ["flow", .. var flow] => FlowGrammar.Read(flow) is { } flows ? Samplers.Flow(flows) : null,
        ["vamp"] => Samplers.Vamp(),
        ["vamp", { Whole: { } examples }] => Samplers.Vamp(examples),
        _ => null,
    };
}
