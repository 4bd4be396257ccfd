namespace Vae.FSharp

open Vae

// A pattern has at most seven cases, and these hierarchies grow: a pattern names the group, a union in it the case.
// A new case is a line of its group's union and a line of the pattern; the compiler asks for both.

/// Densities.
[<RequireQualifiedAccess>]
type Continuous =
    | Normal of Likelihood.Normal

/// Masses, and their formulas on values between.
[<RequireQualifiedAccess>]
type Discrete =
    | Bernoulli of Likelihood.Bernoulli

/// What has draws and a divergence from a prior.
[<RequireQualifiedAccess>]
type Distribution =
    | DiagonalNormal of Posterior.DiagonalNormal

/// What gives one z for one x.
[<RequireQualifiedAccess>]
type Code =
    | Point of Posterior.Point

/// Distributions without tensors of their own.
[<RequireQualifiedAccess>]
type Fixed =
    | StandardNormal of Prior.StandardNormal

/// Distributions that training changes.
[<RequireQualifiedAccess>]
type Learned =
    | Conditional of Prior.Conditional

/// Bounds on ln p(x), weighted or not.
[<RequireQualifiedAccess>]
type Bound =
    | Elbo of Objective.Elbo
    | ImportanceWeighted of Objective.ImportanceWeighted

/// Losses that are no bounds.
[<RequireQualifiedAccess>]
type Loss =
    | Reconstruction of Objective.Reconstruction

/// Patterns of the family p(x|z): Likelihoods.Continuous(Continuous.Normal n).
module Likelihoods =

    /// A density, a mass, or a family of your own.
    let (|Continuous|Discrete|Custom|) (likelihood: Likelihood) =
        likelihood.Match(
            normal = (fun l -> Continuous(Continuous.Normal l)),
            bernoulli = (fun l -> Discrete(Discrete.Bernoulli l)),
            custom = (fun l -> Custom l))

/// Patterns of the family q(z|x): Posteriors.Distribution(Distribution.DiagonalNormal _).
module Posteriors =

    /// A distribution, a code, or a family of your own.
    let (|Distribution|Code|Custom|) (posterior: Posterior) =
        posterior.Match(
            diagonalNormal = (fun p -> Distribution(Distribution.DiagonalNormal p)),
            point = (fun p -> Code(Code.Point p)),
            custom = (fun p -> Custom p))

/// Patterns of the distribution p(z): Priors.Fixed(Fixed.StandardNormal _).
module Priors =

    /// Fixed, learned, or a distribution of your own.
    let (|Fixed|Learned|Custom|) (prior: Prior) =
        prior.Match(
            standardNormal = (fun p -> Fixed(Fixed.StandardNormal p)),
            conditional = (fun p -> Learned(Learned.Conditional p)),
            custom = (fun p -> Custom p))

/// Patterns of what training minimizes: Objectives.Bound(Bound.Elbo e).
module Objectives =

    /// A bound, another loss, or an objective of your own.
    let (|Bound|Loss|Custom|) (objective: Objective) =
        objective.Match(
            elbo = (fun o -> Bound(Bound.Elbo o)),
            importanceWeighted = (fun o -> Bound(Bound.ImportanceWeighted o)),
            reconstruction = (fun o -> Loss(Loss.Reconstruction o)),
            custom = (fun o -> Custom o))
