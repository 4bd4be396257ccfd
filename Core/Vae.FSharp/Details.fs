namespace Vae.FSharp

open Vae

/// Patterns of where a deviation comes from.
module Scales =

    /// Given, or learned in one of three ways.
    let (|Fixed|Learned|Shared|Optimal|) (scale: Scale) =
        scale.Match(
            ``fixed`` = (fun s -> Fixed s),
            learned = (fun s -> Learned s),
            shared = (fun s -> Shared s),
            optimal = (fun s -> Optimal s))

/// Patterns of a column of a table.
module Columns =

    /// What its numbers are.
    let (|Continuous|Binary|Categorical|Count|) (column: Column) =
        column.Match(
            continuous = (fun c -> Continuous c),
            binary = (fun c -> Binary c),
            categorical = (fun c -> Categorical c),
            count = (fun c -> Count c))

/// Patterns of an invertible step.
module Flows =

    /// One of the five kinds.
    let (|Planar|Householder|InverseAutoregressive|MaskedAutoregressive|AffineCoupling|) (flow: Flow) =
        flow.Match(
            planar = (fun f -> Planar f),
            householder = (fun f -> Householder f),
            inverseAutoregressive = (fun f -> InverseAutoregressive f),
            maskedAutoregressive = (fun f -> MaskedAutoregressive f),
            affineCoupling = (fun f -> AffineCoupling f))

/// Patterns of how levels of latents hang together.
module Hierarchies =

    /// One of the three kinds.
    let (|BottomUp|Ladder|TopDown|) (hierarchy: Hierarchy) =
        hierarchy.Match(
            bottomUp = (fun h -> BottomUp h),
            ladder = (fun h -> Ladder h),
            topDown = (fun h -> TopDown h))

/// Patterns of what the divergence may have without cost.
module Capacities =

    /// None, a target, or free bits.
    let (|Unlimited|Target|FreeBits|) (capacity: Capacity) =
        capacity.Match(
            unlimited = (fun c -> Unlimited c),
            target = (fun c -> Target c),
            freeBits = (fun c -> FreeBits c))

/// Patterns of how an encoder is trained.
module EncoderGradients =

    /// One of the three estimators.
    let (|Total|StickingTheLanding|DoublyReparameterized|) (encoderGradient: EncoderGradient) =
        encoderGradient.Match(
            total = (fun e -> Total e),
            stickingTheLanding = (fun e -> StickingTheLanding e),
            doublyReparameterized = (fun e -> DoublyReparameterized e))

/// Patterns of what is made of importance weights.
module ImportanceBounds =

    /// One of the four bounds.
    let (|Iwae|Miwae|Piwae|Ciwae|) (importanceBound: ImportanceBound) =
        importanceBound.Match(
            iwae = (fun i -> Iwae i),
            miwae = (fun i -> Miwae i),
            piwae = (fun i -> Piwae i),
            ciwae = (fun i -> Ciwae i))

/// Patterns of how alike two codes are.
module Kernels =

    /// One of the two families.
    let (|RadialBasis|InverseMultiquadratic|) (kernel: Kernel) =
        kernel.Match(
            radialBasis = (fun k -> RadialBasis k),
            inverseMultiquadratic = (fun k -> InverseMultiquadratic k))

/// Patterns of what a decoder pays for being steep.
module DecoderPenalties =

    /// Nothing, its weights, or its gradient.
    let (|None|WeightDecay|GradientPenalty|) (decoderPenalty: DecoderPenalty) =
        decoderPenalty.Match(
            none = (fun d -> None d),
            weightDecay = (fun d -> WeightDecay d),
            gradientPenalty = (fun d -> GradientPenalty d))

/// Patterns of what is added to a bound.
module Regularizers =

    /// One of the six kinds.
    let (|Decomposition|Factor|Dip|Mmd|Adversarial|Code|) (regularizer: Regularizer) =
        regularizer.Match(
            decomposition = (fun r -> Decomposition r),
            factor = (fun r -> Factor r),
            dip = (fun r -> Dip r),
            mmd = (fun r -> Mmd r),
            adversarial = (fun r -> Adversarial r),
            code = (fun r -> Code r))
