namespace Vae;

internal static class PriorGrammar
{
    public static TextGrammar Grammar { get; } = new("prior", [
        new("standard-normal", "N(0, I)."),
        new("learned-normal", "A diagonal normal whose mean and variance are learned."),
        new("mixture:COMPONENTS", "A learned mixture of normals."),
        new("vamp:COMPONENTS", "VampPrior: a mixture of posteriors of learned pseudo-inputs, for diagonal normal posteriors."),
        new("flow:maf:COUNT[:WIDTH]", "N(0, I) through COUNT masked autoregressive flows."),
        new("flow:coupling:COUNT[:WIDTH]", "N(0, I) through COUNT affine coupling flows."),
        new("flow:householder:COUNT", "N(0, I) through COUNT Householder reflections."),
        new("uniform", "Uniform over the posterior's support: the sphere, classes or codebook indices."),
        new("autoregressive[:WIDTH]", "An autoregressive prior over classes or codebook indices."),
        new("conditional[:WIDTH]", "A learned p(z|c) with two hidden layers, for models with a condition."),
    ], "");

    public static Validated<Prior> Read(string text, Posterior posterior) => text.Split(':') switch
    {
        ["uniform"] => Priors.Default(posterior) is not Prior.StandardNormal and var prior ? Validated.Valid(prior)
            : Grammar.Bad<Prior>(text,
                $"must not be uniform with the posterior {Posteriors.Name(posterior)}: there is no uniform distribution of real numbers"),
        ["autoregressive", ..] when Posteriors.Support(posterior) is not { Classes: > 0 } =>
            Grammar.Bad<Prior>(text,
                $"must not be autoregressive with the posterior {Posteriors.Name(posterior)}: "
                + "autoregressive is over classes or codebook indices"),
        var words => Grammar.Result(text, Read(words, posterior)),
    };

    private static Prior? Read(string[] words, Posterior posterior) => words switch
    {
        ["standard-normal"] => Priors.StandardNormal,
        ["learned-normal"] => Priors.LearnedNormal,
        ["mixture", { Whole: { } components }] => Priors.Mixture(components),
        ["vamp", { Whole: { } components }] => Priors.Vamp(components),
        ["flow", .. var flow] => FlowGrammar.Read(flow) is { } flows ? Priors.Transformed(flows) : null,
        ["autoregressive"] => Priors.AutoregressiveCodebook(Posteriors.Support(posterior)),
        ["autoregressive", { Whole: { } width }] => Priors.AutoregressiveCodebook(Posteriors.Support(posterior), width),
        ["conditional"] => Zoo.ConditionalPrior(),
        ["conditional", { Whole: { } hidden }] => Zoo.ConditionalPrior(hidden),
        _ => null,
    };
}
