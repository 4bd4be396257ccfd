namespace Vae.FSharp

open Vae

/// Pattern matching on validated values.
[<AutoOpen>]
module ValidatedPatterns =

    /// Matches the value, or the list of all problems.
    let (|Valid|Invalid|) (validated: Validated<'a>) =
        validated.Match((fun value -> Valid value), (fun problems -> Invalid(List.ofSeq problems)))

/// Conversions of validated values.
module Validated =

    /// Converts to a Result: the value, or the list of all problems.
    let toResult (validated: Validated<'a>) : Result<'a, Problem list> =
        match validated with
        | Valid value -> Ok value
        | Invalid problems -> Error problems
