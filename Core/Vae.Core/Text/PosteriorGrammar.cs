namespace Vae;

internal static class PosteriorGrammar
{
    public static TextGrammar Grammar { get; } = new("posterior", [
        new("diagonal-normal", "Independent normals."),
        new("full-normal", "A normal with a full covariance."),
        new("flow:planar:COUNT", "COUNT planar flows of a diagonal normal."),
        new("flow:householder:COUNT", "COUNT Householder reflections of a diagonal normal."),
        new("flow:iaf:COUNT[:WIDTH]", "COUNT inverse autoregressive flows."),
        new("flow:coupling:COUNT[:WIDTH]", "COUNT affine coupling flows."),
        new("von-mises-fisher", "A von Mises–Fisher distribution on the unit sphere."),
        new("categorical:CLASSES[:TEMPERATURE]", "One-hot blocks of CLASSES classes, relaxed in training."),
        new("vq:CODES:EMBEDDING", "Vector quantization with a codebook of CODES vectors of length EMBEDDING."),
        new("point", "An autoencoder: one code for each example, without a distribution."),
    ], "TEMPERATURE is a schedule");

    public static Posterior? Read(string[] words) => words switch
    {
        ["diagonal-normal"] => Posteriors.DiagonalNormal,
        ["full-normal"] => Posteriors.FullNormal,
        ["von-mises-fisher"] => Posteriors.VonMisesFisher,
        ["categorical", { Whole: { } classes }] => Posteriors.Categorical(classes),
        ["categorical", { Whole: { } classes }, .. var temperature] =>
            ScheduleGrammar.Read(temperature) is { } schedule ? Posteriors.Categorical(classes, schedule) : null,
        ["vq", { Whole: { } codes }, { Whole: { } embedding }] => Posteriors.VectorQuantized(codes, embedding),
        ["flow", .. var flow] => FlowGrammar.Read(flow) is { } flows ? Posteriors.Transformed(flows) : null,
        ["point"] => Posteriors.Point,
        _ => null,
    };
}
