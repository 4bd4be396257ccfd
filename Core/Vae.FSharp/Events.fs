namespace Vae.FSharp

open System

/// Patterns of what happens while training: TrainEvents.EpochEnded e.
module TrainEvents =

    // This library does not know the one that trains: the pattern is that of any type whose Match has five functions, and
    // the compiler holds it to the type, and its cases in their order to those of Match, where it is used.

    /// What has begun, gone on or ended.
    let inline (|Started|Progressed|EpochEnded|NotFinite|Ended|) (event: ^E) =
        (^E: (member Match:
            Func<^S, Choice<^S, ^P, ^H, ^N, ^R>> * Func<^P, Choice<^S, ^P, ^H, ^N, ^R>> * Func<^H, Choice<^S, ^P, ^H, ^N, ^R>>
            * Func<^N, Choice<^S, ^P, ^H, ^N, ^R>> * Func<^R, Choice<^S, ^P, ^H, ^N, ^R>> -> Choice<^S, ^P, ^H, ^N, ^R>)
            (event, Func<_, _> Choice1Of5, Func<_, _> Choice2Of5, Func<_, _> Choice3Of5, Func<_, _> Choice4Of5, Func<_, _> Choice5Of5))
