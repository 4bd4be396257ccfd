namespace Vae.FSharp.Tests

open System
open FsCheck.Xunit
open Vae
open Vae.FSharp.Tests.Formulas
open Xunit

/// A formula of F# runs on every carrier, as one of C# does.
module FormulaTests =

    let vector (values: float list) = NdArray.FromValues(Array.ofList values, 1, values.Length)

    let close (expected: float) (actual: float) =
        Assert.InRange(abs (expected - actual), 0.0, 1e-12 * (1.0 + abs expected))

    let small (x: int) = float (x % 300) / 100.0

    [<Property(Replay = "201,203")>]
    let ``A formula in F# gives the number of the one in C#`` (a: int) (b: int) (c: int) (d: int) =
        let mu, logVar = vector [ small a; small b ], vector [ small c; small d ]
        close (Normals.KlToStandard(mu, logVar).Item) ((normalKl mu logVar).Item)

    [<Property(Replay = "201,205")>]
    let ``And its derivative`` (a: int) (b: int) =
        // dKL/dμ = μ, dKL/d logVar = (exp logVar − 1)/2.
        let mu, logVar = small a, small b
        let along (x: float) (direction: float) = Dual<NdArray>(vector [ x ], vector [ direction ])
        close mu ((normalKl (along mu 1.0) (along logVar 0.0)).Tangent.Item)
        close ((exp logVar - 1.0) / 2.0) ((normalKl (along mu 0.0) (along logVar 1.0)).Tangent.Item)

    [<Property(Replay = "201,207")>]
    let ``A divergence of its own is never negative and zero at equality`` (a: int) (b: int) (c: int) (d: int) =
        let one x = vector [ small x ]
        Assert.InRange((laplaceKl (one a) (one b) (one c) (one d)).Item, -1e-13, Double.MaxValue)
        close 0.0 (laplaceKl (one a) (one b) (one a) (one b)).Item

    [<Fact>]
    let ``A divergence of its own is the integral of its definition`` () =
        let density mu b x = exp (-abs (x - mu) / b) / (2.0 * b)
        let step = 1e-3
        let integral =
            [ -40_000 .. 40_000 ]
            |> List.sumBy (fun i ->
                let x = float i * step
                density 0.0 1.0 x * log (density 0.0 1.0 x / density 0.5 2.0 x) * step)
        // The integrand's kinks lie on the grid, where the trapezoidal rule errs by step²·jump/12 each.
        let closed = laplaceKl (vector [ 0.0 ]) (vector [ 0.0 ]) (vector [ 0.5 ]) (vector [ log 2.0 ])
        Assert.InRange(closed.Item - integral, -1e-6, 1e-6)

    [<Fact>]
    let ``A loss composes the core's formulas`` () =
        let logits, x, mu, logVar = vector [ 0.3; -1.0 ], vector [ 1.0; 0.0 ], vector [ 0.5 ], vector [ -0.2 ]
        let expected = Bernoullis.NegLogDensity(logits, x).Item + 4.0 * Normals.KlToStandard(mu, logVar).Item
        close expected (betaLoss 4.0 logits x mu logVar).Item
