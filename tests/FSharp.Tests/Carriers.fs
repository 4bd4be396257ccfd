namespace Vae.FSharp.Tests

open System
open Vae

/// The ordinary operators over any carrier. F#'s own ask for a concrete type (FS0670), so they are shadowed;
/// a dot stands on the side of a plain number: 0.5 *. x, x -. 1.0.
module Carriers =

    let inline (+) (a: 'T) (b: 'T) : 'T when 'T :> ITensor<'T> = 'T.op_Addition (a, b)
    let inline (-) (a: 'T) (b: 'T) : 'T when 'T :> ITensor<'T> = 'T.op_Subtraction (a, b)
    let inline (*) (a: 'T) (b: 'T) : 'T when 'T :> ITensor<'T> = 'T.op_Multiply (a, b)
    let inline (/) (a: 'T) (b: 'T) : 'T when 'T :> ITensor<'T> = 'T.op_Division (a, b)
    let inline (~-) (a: 'T) : 'T when 'T :> ITensor<'T> = 'T.op_UnaryNegation a
    let inline (+.) (a: 'T) (b: float) : 'T when 'T :> ITensor<'T> = 'T.op_Addition (a, b)
    let inline (-.) (a: 'T) (b: float) : 'T when 'T :> ITensor<'T> = 'T.op_Subtraction (a, b)
    let inline ( *. ) (a: float) (b: 'T) : 'T when 'T :> ITensor<'T> = 'T.op_Multiply (a, b)
    let inline (/.) (a: float) (b: 'T) : 'T when 'T :> ITensor<'T> = 'T.op_Division (a, b)

    let inline exp (x: 'T) : 'T when 'T :> ITensor<'T> = 'T.Exp x
    let inline log (x: 'T) : 'T when 'T :> ITensor<'T> = 'T.Log x
    let inline square (x: 'T) : 'T when 'T :> ITensor<'T> = 'T.Square x
    let inline sumEvent (x: 'T) : 'T when 'T :> ITensor<'T> = 'T.SumEvent x

/// Formulas of a user, written once for every carrier.
module Formulas =
    open Carriers

    /// KL of two Laplace distributions by mean and log-scale. [B, D] → [B]; nats, ≥ 0.
    let laplaceKl<'T when 'T: struct and 'T: (new: unit -> 'T) and 'T :> ValueType and 'T :> ITensor<'T>>
        (mu1: 'T) (logB1: 'T) (mu2: 'T) (logB2: 'T) : 'T =
        let apart = 'T.Abs(mu1 - mu2)
        sumEvent (logB2 - logB1 + apart * exp -logB2 + exp (logB1 - logB2 - apart * exp -logB1) -. 1.0)

    /// The same number as Normals.KlToStandard.
    let normalKl<'T when 'T: struct and 'T: (new: unit -> 'T) and 'T :> ValueType and 'T :> ITensor<'T>>
        (mu: 'T) (logVar: 'T) : 'T =
        0.5 *. sumEvent (exp logVar + square mu -. 1.0 - logVar)

    let betaLoss<'T when 'T: struct and 'T: (new: unit -> 'T) and 'T :> ValueType and 'T :> ITensor<'T>>
        (beta: float) (logits: 'T) (x: 'T) (mu: 'T) (logVar: 'T) : 'T =
        Bernoullis.NegLogDensity(logits, x) + beta *. Normals.KlToStandard(mu, logVar)
