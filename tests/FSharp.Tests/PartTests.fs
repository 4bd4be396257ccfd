namespace Vae.FSharp.Tests

open System.IO
open FsCheck.Xunit
open Vae
open Vae.FSharp
open Vae.Torch
open Vae.FSharp.Tests.Parts
open Xunit

/// Components written in F# are trained by the C# trainer, saved and read back.
module PartTests =

    let run =
        let model =
            VaeSpec(
                Shape.Vector 6, 2,
                Network(ValueList.From [ Layers.Linear 8; Layers.Custom Bent ], Heads.Dense),
                Network(ValueList.From [ Layers.Linear 8; Layers.Tanh ], Heads.Dense),
                Posteriors.Custom Round, Priors.Custom Moved, Likelihoods.Custom { Scale = 0.5 }, Conditions.None)
        Experiment(
            model, Objectives.Custom { Draws = 3; Best = 0.5 }, DataSpec("waves", Binarizations.None),
            TrainSpec(5, 8, 1UL, Optimizers.Adam(), Schedules.Constant 0.01, Clippings.None, Averagings.None, Stoppings.Never))

    let parts =
        CustomComponents(
            ValueList.From [ { Scale = 1.0 } :> ILikelihood ], ValueList.From [ Round :> IPosterior ], ValueList.From [ Moved :> IPrior ],
            ValueList.From [ Bent :> ILayer ], ValueList.From [ { Draws = 1; Best = 0.0 } :> IObjective ])

    let data =
        let waves = [| for i in 0..95 do for j in 0..5 -> byte (128.0 + 100.0 * sin (float (i * 7 + j * 3))) |]
        let all = Dataset.Create("waves", Shape.Vector 6, Pixels.OfBytes waves, Array.empty<int>, [])
        let part first last = all.Take(System.ReadOnlySpan [| first..last |])
        DataSplit(part 0 63, part 64 71, part 72 95)

    let inFolder (test: string -> unit) =
        let folder = Directory.CreateTempSubdirectory "vae-fsharp-"
        try test (Path.Combine(folder.FullName, "run")) finally folder.Delete true

    [<Fact>]
    let ``Valid components have no problems and every problem is reported`` () =
        Assert.Empty(Specs.Problems run)
        let broken = run.With(model = run.Model.With(likelihood = Likelihoods.Custom { Scale = -1.0 }))
        let problems = Specs.Problems broken |> Seq.map string |> List.ofSeq
        Assert.Equal<string list>([ "model.likelihood.scale: must be greater than 0, got -1" ], problems)

    [<Fact>]
    let ``A run with custom components trains and reads back by name as an equal run`` () =
        inFolder (fun folder ->
            let result = Trainer.Train(run, data, RunOptions(folder, Threads = 1))
            let validation = [ for entry in result.History -> entry.Validation.NegElbo.Value ]
            Assert.True(List.last validation < List.head validation, $"{validation}")
            Assert.Equal(run, RunFolder.Open(folder, parts).Experiment())
            use model = RunFolder.Open(folder, parts).LoadModel()
            for name in [ "likelihood.logScale"; "prior.place"; "encoder.1.a" ] do
                Assert.Contains(name, model.Weights.Layout |> Seq.map _.Name)
            let without = parts.With(objectiveParts = ValueList.From [])
            let error = Assert.Throws<VaeException>(fun () -> RunFolder.Open(folder, without).Experiment() |> ignore)
            Assert.Contains("'blend'", error.Message))

    [<Fact>]
    let ``Training events are matched by their patterns`` () =
        inFolder (fun folder ->
            let seen = ResizeArray()
            let report (event: TrainEvent) =
                match event with
                | TrainEvents.Started s -> seen.Add $"{s.Images} images"
                | TrainEvents.Progressed _ -> ()
                | TrainEvents.EpochEnded e -> seen.Add $"epoch {e.Entry.Epoch}"
                | TrainEvents.NotFinite n -> seen.Add n.Term
                | TrainEvents.Ended e -> seen.Add $"{e.Result.Outcome}"
            let progress = { new System.IProgress<TrainEvent> with member _.Report event = report event }
            Trainer.Train(run.With(train = run.Train.With(epochs = 2)), data, RunOptions(folder, Threads = 1), progress) |> ignore
            Assert.Equal<string seq>([ "64 images"; "epoch 1"; "epoch 2"; "Completed" ], seen))

    [<Fact>]
    let ``A non-finite term is matched by its pattern`` () =
        match TrainEvent.NotFinite(7L, "kl", nan) :> TrainEvent with
        | TrainEvents.NotFinite n -> Assert.Equal(("kl", 7L), (n.Term, n.Step))
        | TrainEvents.Started _ | TrainEvents.Progressed _ | TrainEvents.EpochEnded _ | TrainEvents.Ended _ -> Assert.Fail "another event"

    [<Property(Replay = "221,223")>]
    let ``An objective of one draw lies between its two bounds`` (a: int) (b: int) (best: byte) =
        let one (x: int) = NdArray.FromValues([| float (x % 50) / 10.0 |], 1, 1)
        let row = NdArray.FromValues([| 0.7 |], 1)
        let terms = ObjectiveTerms<NdArray>(one a, one b, one 0, row, 1.0, 0.0, Unchecked.defaultof<IObjectiveBatch<NdArray>>)
        let loss best = (({ Draws = 1; Best = best } :> IObjective).Loss terms).Item
        let share = float best / 255.0
        abs (loss share - ((1.0 - share) * loss 0.0 + share * loss 1.0)) < 1e-12
