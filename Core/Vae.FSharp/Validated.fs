namespace Vae.FSharp

open Vae

/// A value or what is wrong with it, as F# likes it.
module Validated =

    /// The value, or every problem.
    let (|Valid|Invalid|) (validated: Validated<'a>) =
        validated.Match((fun value -> Valid value), (fun problems -> Invalid(List.ofSeq problems)))

    /// As a result: a step of a pipeline of results.
    let toResult (validated: Validated<'a>) : Result<'a, Problem list> =
        match validated with
        | Valid value -> Ok value
        | Invalid problems -> Error problems
