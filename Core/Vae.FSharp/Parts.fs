namespace Vae.FSharp

open Vae

// A pattern has at most seven cases, and these hierarchies grow: a pattern names the group, a union in it the case.
// A new case is a line of its group's union and a line of the pattern; the compiler asks for both.

/// Densities.
[<RequireQualifiedAccess>]
type Continuous =
    | Normal of Likelihood.Normal
    | Laplace of Likelihood.Laplace
    | ContinuousBernoulli of Likelihood.ContinuousBernoulli
    | Beta of Likelihood.Beta

/// Masses, and their formulas on values between.
[<RequireQualifiedAccess>]
type Discrete =
    | Bernoulli of Likelihood.Bernoulli
    | Categorical of Likelihood.Categorical
    | DiscretizedLogistic of Likelihood.DiscretizedLogistic

/// Masses of whole numbers.
[<RequireQualifiedAccess>]
type Counted =
    | Poisson of Likelihood.Poisson
    | NegativeBinomial of Likelihood.NegativeBinomial

/// Made of other families.
[<RequireQualifiedAccess>]
type Composite =
    | Columns of Likelihood.Columns
    | Masked of Likelihood.Masked

/// What has draws and a divergence from a prior.
[<RequireQualifiedAccess>]
type Distribution =
    | DiagonalNormal of Posterior.DiagonalNormal
    | FullNormal of Posterior.FullNormal
    | VonMisesFisher of Posterior.VonMisesFisher
    | Categorical of Posterior.Categorical
    | Transformed of Posterior.Transformed
    | Hierarchical of Posterior.Hierarchical

/// What gives one z for one x.
[<RequireQualifiedAccess>]
type Code =
    | Point of Posterior.Point
    | VectorQuantized of Posterior.VectorQuantized

/// Distributions without tensors of their own.
[<RequireQualifiedAccess>]
type Fixed =
    | StandardNormal of Prior.StandardNormal
    | UniformSphere of Prior.UniformSphere
    | UniformCodebook of Prior.UniformCodebook

/// Distributions that training changes.
[<RequireQualifiedAccess>]
type Learned =
    | Conditional of Prior.Conditional
    | LearnedNormal of Prior.LearnedNormal
    | Mixture of Prior.Mixture
    | Vamp of Prior.Vamp
    | AutoregressiveCodebook of Prior.AutoregressiveCodebook
    | Transformed of Prior.Transformed
    | Hierarchical of Prior.Hierarchical

/// Bounds on ln p(x), weighted or not.
[<RequireQualifiedAccess>]
type Bound =
    | Elbo of Objective.Elbo
    | ImportanceWeighted of Objective.ImportanceWeighted

/// Losses that are no bounds.
[<RequireQualifiedAccess>]
type Loss =
    | Reconstruction of Objective.Reconstruction
    | Regularized of Objective.Regularized
    | VaeGan of Objective.VaeGan
    | SemiSupervised of Objective.SemiSupervised

/// Patterns of the family p(x|z): Likelihoods.Continuous(Continuous.Normal n).
module Likelihoods =

    /// A density, a mass, counts, a composition, or a family of your own.
    let (|Continuous|Discrete|Counted|Composite|Custom|) (likelihood: Likelihood) =
        likelihood.Match(
            normal = (fun l -> Continuous(Continuous.Normal l)),
            laplace = (fun l -> Continuous(Continuous.Laplace l)),
            bernoulli = (fun l -> Discrete(Discrete.Bernoulli l)),
            continuousBernoulli = (fun l -> Continuous(Continuous.ContinuousBernoulli l)),
            beta = (fun l -> Continuous(Continuous.Beta l)),
            categorical = (fun l -> Discrete(Discrete.Categorical l)),
            discretizedLogistic = (fun l -> Discrete(Discrete.DiscretizedLogistic l)),
            poisson = (fun l -> Counted(Counted.Poisson l)),
            negativeBinomial = (fun l -> Counted(Counted.NegativeBinomial l)),
            columns = (fun l -> Composite(Composite.Columns l)),
            masked = (fun l -> Composite(Composite.Masked l)),
            custom = (fun l -> Custom l))

/// Patterns of the family q(z|x): Posteriors.Distribution(Distribution.DiagonalNormal _).
module Posteriors =

    /// A distribution, a code, or a family of your own.
    let (|Distribution|Code|Custom|) (posterior: Posterior) =
        posterior.Match(
            diagonalNormal = (fun p -> Distribution(Distribution.DiagonalNormal p)),
            point = (fun p -> Code(Code.Point p)),
            fullNormal = (fun p -> Distribution(Distribution.FullNormal p)),
            vonMisesFisher = (fun p -> Distribution(Distribution.VonMisesFisher p)),
            categorical = (fun p -> Distribution(Distribution.Categorical p)),
            vectorQuantized = (fun p -> Code(Code.VectorQuantized p)),
            transformed = (fun p -> Distribution(Distribution.Transformed p)),
            hierarchical = (fun p -> Distribution(Distribution.Hierarchical p)),
            custom = (fun p -> Custom p))

/// Patterns of the distribution p(z): Priors.Fixed(Fixed.StandardNormal _).
module Priors =

    /// Fixed, learned, or a distribution of your own.
    let (|Fixed|Learned|Custom|) (prior: Prior) =
        prior.Match(
            standardNormal = (fun p -> Fixed(Fixed.StandardNormal p)),
            conditional = (fun p -> Learned(Learned.Conditional p)),
            learnedNormal = (fun p -> Learned(Learned.LearnedNormal p)),
            mixture = (fun p -> Learned(Learned.Mixture p)),
            vamp = (fun p -> Learned(Learned.Vamp p)),
            uniformSphere = (fun p -> Fixed(Fixed.UniformSphere p)),
            uniformCodebook = (fun p -> Fixed(Fixed.UniformCodebook p)),
            autoregressiveCodebook = (fun p -> Learned(Learned.AutoregressiveCodebook p)),
            transformed = (fun p -> Learned(Learned.Transformed p)),
            hierarchical = (fun p -> Learned(Learned.Hierarchical p)),
            custom = (fun p -> Custom p))

/// Patterns of what training minimizes: Objectives.Bound(Bound.Elbo e).
module Objectives =

    /// A bound, another loss, or an objective of your own.
    let (|Bound|Loss|Custom|) (objective: Objective) =
        objective.Match(
            elbo = (fun o -> Bound(Bound.Elbo o)),
            importanceWeighted = (fun o -> Bound(Bound.ImportanceWeighted o)),
            reconstruction = (fun o -> Loss(Loss.Reconstruction o)),
            regularized = (fun o -> Loss(Loss.Regularized o)),
            vaeGan = (fun o -> Loss(Loss.VaeGan o)),
            semiSupervised = (fun o -> Loss(Loss.SemiSupervised o)),
            custom = (fun o -> Custom o))
