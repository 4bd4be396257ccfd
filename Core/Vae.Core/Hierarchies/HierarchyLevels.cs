namespace Vae;

/// <summary>A level of a <see cref="Hierarchy.Plain"/> hierarchy above the first.</summary>
/// <param name="Latent">The shape of its z.</param>
/// <param name="Up">z of the level below → μ and ln σ² of q(z|z below), as channels.</param>
/// <param name="Down">z → μ and ln σ² of p(z below|z), as channels.</param>
public sealed partial record PlainLevel(Shape Latent, Network Up, Network Down);

/// <summary>A level of a <see cref="Hierarchy.Ladder"/> above the first.</summary>
/// <param name="Latent">The shape of its z.</param>
/// <param name="Features">How many channels, or values of a vector, come up to it from the level below, beside what that keeps; ≥ 1.</param>
/// <param name="Up">Those features → μ̂ and ln σ̂² of z, and the features for the level above if there is one, as channels.</param>
/// <param name="Down">z → μ and ln σ² of p(z below|z), as channels.</param>
public sealed partial record LadderLevel(Shape Latent, int Features, Network Up, Network Down);

/// <summary>What each level of a <see cref="Hierarchy.TopDown"/> has.</summary>
/// <param name="Latent">The shape of its z.</param>
/// <param name="Up">The features of the level below, of the encoder for z₁ → its own; they may be none, which leaves them as they are.</param>
/// <param name="Posterior">h and the features, joined as channels → μ and ln σ² of q(z|z above, x), as channels.</param>
/// <param name="Project">z → what is added to h.</param>
/// <param name="Block">h with that → h of the level below, of the decoder for z₁; they may be none.</param>
public sealed partial record TopDownStage(Shape Latent, ValueList<Layer> Up, Network Posterior, Network Project, ValueList<Layer> Block);

/// <summary>A level of a <see cref="Hierarchy.TopDown"/> below the top.</summary>
/// <param name="Prior">h → μ and ln σ² of p(z|z above), as channels.</param>
/// <param name="Stage">What every level has.</param>
public sealed partial record TopDownLevel(Network Prior, TopDownStage Stage);
