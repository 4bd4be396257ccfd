namespace Vae.FSharp

open Vae

// A module has the name of the class that makes the values, so each is taken apart as it is made: Schedules.Linear, Clippings.None.
// The name of the hierarchy itself would not do: F# finds its nested types before a module's patterns.

/// Patterns of how something changes over epochs.
module Schedules =

    /// One of the seven forms.
    let (|Constant|Linear|Cosine|Cyclical|Sigmoid|Then|Restarts|) (schedule: Schedule) =
        schedule.Match(
            constant = (fun s -> Constant s),
            linear = (fun s -> Linear s),
            cosine = (fun s -> Cosine s),
            cyclical = (fun s -> Cyclical s),
            sigmoid = (fun s -> Sigmoid s),
            ``then`` = (fun s -> Then s),
            restarts = (fun s -> Restarts s))

/// Patterns of what the networks are told besides x and z.
module Conditions =

    /// None, one label, several, a vector, or a part of the image itself.
    let (|None|Label|Labels|Vector|Quadrants|) (condition: Condition) =
        condition.Match(
            none = (fun _ -> None),
            label = (fun c -> Label c),
            labels = (fun c -> Labels c),
            vector = (fun c -> Vector c),
            quadrants = (fun c -> Quadrants c))

/// Patterns of a network's last layers.
module Heads =

    /// A linear layer or a convolution.
    let (|Dense|Conv2d|ConvTranspose2d|) (head: Head) =
        head.Match(dense = (fun h -> Dense h), conv2d = (fun h -> Conv2d h), convTranspose2d = (fun h -> ConvTranspose2d h))

/// Patterns of how a gradient becomes a step.
module Optimizers =

    /// One of the three rules.
    let (|Adam|AdamW|Sgd|) (optimizer: Optimizer) =
        optimizer.Match(adam = (fun o -> Adam o), adamW = (fun o -> AdamW o), sgd = (fun o -> Sgd o))

/// Patterns of what is done to a large gradient.
module Clippings =

    /// Nothing, a greatest norm, or no step at all.
    let (|None|Norm|Skip|) (clipping: Clipping) =
        clipping.Match(none = (fun _ -> None), norm = (fun c -> Norm c), skip = (fun c -> Skip c))

/// Patterns of which weights are kept.
module Averagings =

    /// The last ones, or a moving average.
    let (|None|Exponential|) (averaging: Averaging) =
        averaging.Match(none = (fun _ -> None), exponential = (fun a -> Exponential a))

/// Patterns of when a run ends early.
module Stoppings =

    /// Never, after so many epochs without improvement, or after a lower learning rate has not helped.
    let (|Never|Patience|Plateau|) (stopping: Stopping) =
        stopping.Match(never = (fun _ -> Never), patience = (fun s -> Patience s), plateau = (fun s -> Plateau s))

/// Patterns of how grey values become 0 or 1.
module Binarizations =

    /// Not at all, by comparison, or by chance.
    let (|None|Threshold|Stochastic|) (binarization: Binarization) =
        binarization.Match(none = (fun _ -> None), threshold = (fun b -> Threshold b), stochastic = (fun _ -> Stochastic))

/// Patterns of where codes are drawn from.
module Samplers =

    /// The prior, or one of the four distributions that are fitted to codes.
    let (|Prior|Mixture|TwoStage|Transformed|Vamp|) (sampler: Sampler) =
        sampler.Match(
            prior = (fun s -> Prior s),
            mixture = (fun s -> Mixture s),
            twoStage = (fun s -> TwoStage s),
            transformed = (fun s -> Transformed s),
            vamp = (fun s -> Vamp s))
