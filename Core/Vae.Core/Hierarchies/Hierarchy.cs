namespace Vae;

/// <summary>
/// How several levels of latents hang together, z = (z₁ … z_L) with z₁ nearest to x: what each level of q and of p is made of.
/// Every level is a diagonal normal distribution given those that it depends on. A posterior and a prior share one hierarchy.
/// </summary>
[Closed]
public abstract partial record Hierarchy
{
    /// <summary>q(z₁|x) Π q(zₗ|zₗ₋₁) upwards against p(z_L) Π p(zₗ₋₁|zₗ) downwards, and p(x|z₁); Rezende et al. 2014, Burda et al. 2016. The encoder gives μ and ln σ² of z₁.</summary>
    /// <param name="First">The shape of z₁.</param>
    /// <param name="Above">The levels above it, upwards; none for one level.</param>
    public sealed partial record Plain(Shape First, ValueList<PlainLevel> Above) : Hierarchy;

    /// <summary>
    /// Both downwards: p(z_L) Π p(zₗ₋₁|zₗ) and p(x|z₁), and q(zₗ|zₗ₊₁, x) the product, weighted by precision, of p(zₗ|zₗ₊₁)
    /// and of what comes up from x; Sønderby et al. 2016, eq. 12 and 17–19. The encoder gives that of z₁, μ̂ and ln σ̂², and the
    /// features that go up, as channels in this order.
    /// </summary>
    /// <param name="First">The shape of z₁.</param>
    /// <param name="Above">The levels above it, upwards; none for one level.</param>
    public sealed partial record Ladder(Shape First, ValueList<LadderLevel> Above) : Hierarchy;

    /// <summary>
    /// A state h that runs from a learned start down to the decoder, to which each level adds what its z says:
    /// p(zₗ|z above) from h, q(zₗ|z above, x) from h and features of x, and p(x|h); Child 2021. The encoder gives features.
    /// </summary>
    /// <param name="Features">The shape of what the encoder gives.</param>
    /// <param name="Start">The shape of h at the top.</param>
    /// <param name="Lower">The levels below the top, z₁ first; none for one level.</param>
    /// <param name="Top">The level of z_L.</param>
    public sealed partial record TopDown(Shape Features, Shape Start, ValueList<TopDownLevel> Lower, TopDownStage Top) : Hierarchy;
}
