namespace Vae.FSharp

open Vae

/// A value or what is wrong with it, as F# likes it.
[<AutoOpen>]
module ValidatedPatterns =

    /// The value, or every problem.
    let (|Valid|Invalid|) (validated: Validated<'a>) =
        validated.Match((fun value -> Valid value), (fun problems -> Invalid(List.ofSeq problems)))

/// What a value or its problems become.
module Validated =

    /// As a result: a step of a pipeline of results.
    let toResult (validated: Validated<'a>) : Result<'a, Problem list> =
        match validated with
        | Valid value -> Ok value
        | Invalid problems -> Error problems
