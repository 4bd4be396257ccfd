namespace Vae;

/// <summary>What a pass through the levels of a hierarchy has met, z₁ first.</summary>
/// <param name="Z">[B, Dₗ] of each level.</param>
/// <param name="Q">μ and ln σ² of q, [B, 2·Dₗ] of each level; none of a pass by the prior alone.</param>
/// <param name="P">μ and ln σ² of p, [B, 2·Dₗ] of each level below the top; none of a pass that does not meet it.</param>
/// <param name="State">The state that has come down to the decoder; null where there is none.</param>
internal readonly record struct LevelPass<T>(T[] Z, T[] Q, T[] P, T? State) where T : struct, ITensor<T>;

/// <summary>What a hierarchy means: its networks, and its passes, in which <c>take</c> says z of a level (from 0) by what is known of it.</summary>
internal interface ILevels
{
    // Keys of dropouts, and the nesting of what is written, leave no room for more.
    const int Most = 256;

    string Name { get; }

    /// <summary>Its name with the number of its levels.</summary>
    string Title => $"{Name} of {Latents.Count} {(Latents.Count == 1 ? "level" : "levels")}";

    ValueList<Shape> Latents { get; }

    Shape EncoderOutput { get; }

    /// <summary>What the decoder is given.</summary>
    Shape DecoderInput { get; }

    /// <summary>Whether q is made with networks of the prior, so that it knows p at its own draws.</summary>
    bool SharesPrior { get; }

    ValueList<PartNetwork> PosteriorNetworks { get; }

    ValueList<PartNetwork> PriorNetworks { get; }

    ValueList<Parameter> PriorTensors => [];

    /// <summary>What is wrong with its shapes.</summary>
    ValueList<Problem> Problems(string path);

    /// <summary>q, level by level; <c>take</c> is given μ and ln σ², [B, 2·D].</summary>
    LevelPass<T> Posterior<T>(PartState<T> q, T outputs, Func<int, T, T> take) where T : struct, ITensor<T>;

    /// <summary>What the decoder is given of z: z₁, unless a pass of p at z says more.</summary>
    T ForDecoder<T>(T[] z, Func<LevelPass<T>> pass) where T : struct, ITensor<T> => z[0];

    /// <summary>p, from the top down; <c>take</c> is given μ and ln σ², [B, 2·D], and nothing of the top.</summary>
    LevelPass<T> Prior<T>(PartState<T> p, Func<int, T?, T> take) where T : struct, ITensor<T>;

    /// <summary>The shape of μ and ln σ² as channels, with so many more.</summary>
    static Shape Moments(Shape latent, int more = 0) => latent.WithChannels(Hierarchies.Bounded(2L * latent.Channels + more));

    static T Run<T>(PartState<T> state, string network, T rows, Shape input) where T : struct, ITensor<T> => state.Run(network, Shaped(rows, input));

    static T Shaped<T>(T rows, Shape shape) where T : struct, ITensor<T> => T.Reshape(rows, [rows.Dims[0], .. shape.Dims]);

    static T Flat<T>(T rows) where T : struct, ITensor<T> => T.Reshape(rows, rows.Dims[0], rows.Dims[1..].Aggregate(1, (size, dim) => size * dim));

    /// <summary>What is wrong with shapes and the number of levels.</summary>
    static ValueList<Problem> Sizes(string path, ValueList<(string Path, Shape Latent)> levels) => [
        .. levels.SelectMany(level => Rules.Shape($"{path}.{level.Path}", level.Latent)),
        .. Rules.If(levels.Count > Most, path, $"must have at most {Most} levels", levels.Count)];
}
