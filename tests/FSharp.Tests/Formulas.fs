namespace Vae.FSharp.Tests

open Vae
open Vae.FSharp

/// Formulas of a user, written once for every carrier.
module Formulas =

    /// KL of two Laplace distributions by mean and log-scale. [B, D] → [B]; nats, ≥ 0.
    let laplaceKl mu1 logB1 mu2 logB2 =
        let mu1, logB1, mu2, logB2 = num mu1, num logB1, num mu2, num logB2
        let apart = abs (mu1 - mu2)
        Num.sumEvent (logB2 - logB1 + apart * exp -logB2 + exp (logB1 - logB2 - apart * exp -logB1) - 1.0) |> Num.value

    /// The same number as Normals.KlToStandard.
    let normalKl mu logVar =
        let mu, logVar = num mu, num logVar
        0.5 * Num.sumEvent (exp logVar + Num.square mu - 1.0 - logVar) |> Num.value

    /// The bound with a weight, from formulas of the core.
    let betaLoss (beta: float) logits x mu logVar =
        num (Bernoullis.NegLogDensity(logits, x)) + beta * num (Normals.KlToStandard(mu, logVar)) |> Num.value
