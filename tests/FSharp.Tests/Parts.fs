namespace Vae.FSharp.Tests

open System
open Vae
open Vae.FSharp

/// Parts of an application as F# records: equal by value, no type parameter written out.
module Parts =

    /// Values of a Laplace distribution with a scale of each, which is learned.
    type Laplace =
        { Scale: float }

        interface ILikelihood with
            member _.Name = "laplace"
            member this.Settings = ValueList.From [ this.Scale ]

            member _.With settings =
                match List.ofSeq settings with
                | [ scale ] -> { Scale = scale }
                | _ -> invalidArg "settings" "one number, the scale to begin with"

            member this.Learned input = ValueList.From [ Parameter("logScale", input, Initial(0.0, log this.Scale), true) ]

            member this.Problems(_: Shape, path: string) : ValueList<Problem> =
                ValueList.From [ if not (this.Scale > 0.0) then Problem(path + ".scale", "must be greater than 0", string this.Scale) ]

            member _.NegLogDensityPerValue(state, outputs, x) =
                let logScale, x = num state["logScale"], num x
                abs (x - num outputs) * exp -logScale + logScale + log 2.0 |> Num.value

            member _.Mean(_, outputs) = outputs

    /// The uniform weight on draws for which the bound is that of Kingma & Welling, and the greatest of them in its place.
    type Blend =
        { Draws: int; Best: float }

        interface IObjective with
            member _.Name = "blend"
            member this.Settings = ValueList.From [ float this.Draws; this.Best ]
            member _.With settings = { Draws = int settings[0]; Best = settings[1] }
            member this.Samples = this.Draws

            member this.Loss terms =
                let bound = num terms.MeanReconstruction + terms.Beta * num terms.Kl
                let tight = log (float this.Draws) - Num.logSumExp 0 (num terms.LogWeights)
                (1.0 - this.Best) * bound + this.Best * tight |> Num.value

    /// x + a · tanh x, with a learned number a.
    type Bent =
        | Bent

        interface ILayer with
            member _.Name = "bent"
            member this.With _ = this
            member _.Output(input, _) = Validated.Valid input
            member _.Learned _ = ValueList.From [ Parameter("a", Shape.Vector 1, Initial(0.0, 0.3), true) ]

            member _.Apply(state, x) =
                let x = num x
                let a = num state["a"] |> Num.reshape [ for _ in x.Dims -> 1 ]
                x + a * tanh x |> Num.value

    /// A normal posterior of one scale for all of z, with a density and a divergence of its own.
    type Round =
        | Round

        interface IPosterior with
            member _.Name = "round"
            member this.With _ = this
            member _.Outputs latent = int64 latent + 1L
            member _.Mean(_, outputs) = Round.mu (num outputs) |> Num.value
            member _.LogVariance(_, outputs) = 0.0 * Round.mu (num outputs) + Round.logVar (num outputs) |> Num.value

            member _.Draw(_, outputs, noise) =
                let outputs, noise = num outputs, num noise
                let z = Round.mu outputs + exp (0.5 * Round.logVar outputs) * noise
                PosteriorDraw(z.Value, (Round.logDensity outputs z).Value)

            member _.LogDensity(_, outputs, z) = Nullable (Round.logDensity (num outputs) (num z)).Value

            member _.KlPerLatent(_, outputs, prior) =
                let mu, logVar = Round.mu (num outputs), Round.logVar (num outputs)
                if prior.IsStandard then Nullable (0.5 * (exp logVar + mu * mu - 1.0 - logVar)).Value else Nullable()

        static member private mu(outputs: Num<'T>) = Num.slice 1 0 (outputs.Dims[1] - 1) outputs
        static member private logVar(outputs: Num<'T>) = Num.slice 1 (outputs.Dims[1] - 1) 1 outputs

        static member private logDensity (outputs: Num<'T>) (z: Num<'T>) =
            let mu, logVar = Round.mu outputs, Round.logVar outputs
            Num.sumEvent (-0.5 * ((z - mu) * (z - mu) * exp -logVar + logVar + log (2.0 * Math.PI)))

    /// A normal prior around a learned place.
    type Moved =
        | Moved

        interface IPrior with
            member _.Name = "moved"
            member this.With _ = this
            member _.Learned(latent, _) = ValueList.From [ Parameter("place", Shape.Vector latent, Initial(0.0, 0.1), true) ]
            member _.LogDensity(state, z) = Normals.LogDensityStandard((num z - Moved.place state).Value)
            member _.Sample(state, noise) = num noise + Moved.place state |> Num.value

        static member private place(state: PartState<'T>) =
            let place = num state["place"]
            Num.reshape [ 1; place.Dims[0] ] place
