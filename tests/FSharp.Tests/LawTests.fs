namespace Vae.FSharp.Tests

open Xunit
open FsCheck.Xunit
open FsCheck
open Vae
open Vae.FSharp
open Vae.Testing

[<Properties(Arbitrary = [| typeof<Generators> |])>]
module LawTests =

    [<Property(Replay = "211,213")>]
    let ``A schedule starts with its first part`` (schedule: Schedule) =
        let rec first (schedule: Schedule) =
            match schedule with
            | Schedules.Constant s -> s.Value
            | Schedules.Linear s -> s.From
            | Schedules.Cosine s -> s.From
            | Schedules.Cyclical s -> s.From
            | Schedules.Sigmoid s -> s.From
            | Schedules.Then s -> first s.First
            | Schedules.Restarts s -> first s.Cycle
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

    [<Property(Replay = "211,221")>]
    let ``Every generated choice is written to JSON and read back``
        (likelihood: Likelihood)
        (activation: Activation)
        (optimizer: Optimizer)
        =
        let run =
            SpecTests.run.With(
                model = SpecTests.model.With(encoder = Network(ValueList.From [ Layers.Flatten; Layers.Activate activation ], Heads.Dense)),
                train = SpecTests.run.Train.With(optimizer = optimizer))
        SpecJson.ReadExperiment(SpecJson.Write run).Match((fun again -> again = run), (fun _ -> false))
        && Likelihoods.Name likelihood <> ""

    [<Property(Replay = "211,223", MaxTest = 50)>]
    let ``A generated run has no problems`` (run: Experiment) = Seq.isEmpty (Specs.Problems run)

    [<Fact>]
    let ``There is a generator of every hierarchy`` () =
        let generated =
            typeof<Generators>.GetMethods()
            |> Array.map _.ReturnType
            |> Array.filter (fun t -> t.IsGenericType && t.GetGenericTypeDefinition() = typedefof<Arbitrary<_>>)
            |> Array.map (fun t -> Array.head (t.GetGenericArguments()))
            |> Array.toList
        let hierarchies =
            typeof<VaeSpec>.Assembly.GetExportedTypes()
            |> Array.filter (fun t -> t.IsAbstract && not t.IsGenericType && not (isNull (t.GetMethod "<Clone>$")))
        Assert.Empty(hierarchies |> Array.filter (fun t -> not (List.contains t generated)))
