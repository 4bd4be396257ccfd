namespace Vae.FSharp.Tests

open FsCheck.FSharp
open FsCheck.Xunit
open Vae
open Xunit

type Schedules3 =
    static member Schedule() =
        let number = Gen.choose (0, 40) |> Gen.map (fun i -> float i / 10.0)
        let epochs = Gen.choose (1, 40) |> Gen.map (fun i -> float i / 10.0)
        let rec schedule depth =
            Gen.oneof [
                Gen.map Schedules.Constant number
                Gen.map3 (fun a b c -> Schedules.Linear(a, b, c)) number number epochs
                Gen.map3 (fun a b c -> Schedules.Cosine(a, b, c)) number number epochs
                Gen.map3 (fun a b c -> Schedules.Sigmoid(a, b, c)) number number epochs
                if depth > 0 then
                    Gen.map3 (fun a b c -> Schedules.Then(a, b, c)) (schedule (depth - 1)) epochs (schedule (depth - 1))
                    Gen.map3 (fun a b c -> Schedules.Restarts(a, b, c)) (schedule (depth - 1)) epochs (Gen.elements [ 1.0; 2.0 ]) ]
        Arb.fromGen (schedule 3)

[<Properties(Arbitrary = [| typeof<Schedules3> |])>]
module LawTests =

    [<Property(Replay = "211,213")>]
    let ``A schedule starts with its first part`` (schedule: Schedule) =
        let rec first (s: Schedule) =
            s.Match(
                constant = (fun s -> s.Value), linear = (fun s -> s.From), cosine = (fun s -> s.From),
                cyclical = (fun s -> s.From), sigmoid = (fun s -> s.From), ``then`` = (fun s -> first s.First), restarts = (fun s -> first s.Cycle))
        first schedule = Schedules.At(schedule, 0.0)

    [<Property(Replay = "211,215")>]
    let ``Delaying a schedule delays its values`` (schedule: Schedule) (delay: byte) =
        // Powers of two keep the difference of times exact.
        let delay = float (1 + int delay % 8)
        let delayed = Schedules.Then(Schedules.Constant 0.0, delay, schedule)
        List.forall (fun t -> Schedules.At(delayed, delay + t) = Schedules.At(schedule, t)) [ 0.0; 0.25; 1.0; 7.5 ]

    [<Property(Replay = "211,217")>]
    let ``A run with any schedule reads back`` (schedule: Schedule) =
        let run = SpecTests.run.With(objective = Objectives.Beta schedule, train = SpecTests.run.Train.With(epochs = 1000))
        Assert.Empty(Specs.Problems run)
        SpecJson.ReadExperiment(SpecJson.Write run).Match((fun again -> again = run), (fun _ -> false))

    [<Property(Replay = "211,219")>]
    let ``Lists of values behave as F# lists`` (a: int list) (b: int list) =
        let all = ValueList.From(a).Append(ValueList.From b)
        List.ofSeq all = a @ b && (ValueList.From a = ValueList.From b) = (a = b)
