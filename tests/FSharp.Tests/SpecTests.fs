namespace Vae.FSharp.Tests

open Vae
open Xunit

/// What a user of F# writes has to compile without a cast and without a warning.
module SpecTests =

    let layers =
        ValueList.From [
            Layers.Flatten; Layers.Linear 16; Layers.Activate Activations.Gelu; Layers.Residual(ValueList.From [ Layers.Linear 16 ]) ]

    let model =
        VaeSpec(
            Shape.Image(1, 6, 5), 3,
            Network(layers, Heads.Dense),
            Network(ValueList.From [ Layers.Linear 8; Layers.Relu ], Heads.Dense),
            Posteriors.DiagonalNormal, Priors.StandardNormal, Likelihoods.CrossEntropy, Conditions.Label 10)

    let run =
        Experiment(
            model,
            Objectives.Beta(Schedules.Linear(0.0, 4.0, 2.0)),
            DataSpec("digits", Binarizations.None, 0.1),
            TrainSpec(
                5, 64, 1UL, Optimizers.Adam(), Schedules.Cosine(1e-3, 0.0, 5.0),
                Clippings.Norm 1.0, Averagings.None, Stoppings.Patience 2))

    let read text =
        SpecJson.ReadModel(text).Match((fun spec -> Ok spec), (fun problems -> Error(List.ofSeq problems)))

    [<Fact>]
    let ``A spec is built from lists of choices`` () =
        Assert.Empty(Specs.Problems model)
        Assert.Empty(Specs.Problems run)

    [<Fact>]
    let ``With changes one part in a pipeline`` () =
        let wider =
            model
            |> fun spec -> spec.With(latent = 7)
            |> fun spec -> spec.With(likelihood = Likelihoods.Normal 0.5, condition = Conditions.None)
        Assert.Equal(7, wider.Latent)
        Assert.Equal(model.Encoder, wider.Encoder)
        Assert.Equal(model, wider.With(latent = 3, likelihood = model.Likelihood, condition = model.Condition))

    [<Fact>]
    let ``Nested parts change with With too`` () =
        let slower = run.With(train = run.Train.With(learningRate = Schedules.Constant 1e-4, epochs = 9))
        Assert.Equal(9, slower.Train.Epochs)
        Assert.Equal(64, slower.Train.Batch)

    [<Fact>]
    let ``Problems are a list of paths and rules`` () =
        let broken =
            run.With(
                model = model.With(latent = 0, likelihood = Likelihoods.Normal nan),
                train = run.Train.With(batch = 0))
        let paths = Specs.Problems broken |> List.ofSeq |> List.map _.Path
        Assert.Equal<string list>([ "model.latent"; "model.likelihood.scale.sigma"; "train.batch" ], paths)

    [<Fact>]
    let ``A hierarchy is taken apart by Match`` () =
        let width (layer: Layer) =
            layer.Match(
                linear = (fun l -> Some l.Width), gatedLinear = (fun l -> Some l.Width),
                conv1d = (fun _ -> None), convTranspose1d = (fun _ -> None), gru = (fun _ -> None), sequence = (fun _ -> None),
                conv2d = (fun _ -> None), convTranspose2d = (fun _ -> None), activate = (fun _ -> None),
                batchNorm = (fun _ -> None), groupNorm = (fun _ -> None), layerNorm = (fun _ -> None),
                dropout = (fun _ -> None), flatten = (fun _ -> None), reshape = (fun _ -> None),
                upsample = (fun _ -> None), residual = (fun _ -> None), concatenateCondition = (fun _ -> None), custom = (fun _ -> None))
        Assert.Equal<int list>([ 16 ], layers |> Seq.choose width |> List.ofSeq)

    [<Fact>]
    let ``Specs are equal by value and usable as keys`` () =
        let again = model.With(encoder = Network(ValueList.From(List.ofSeq layers), Heads.Dense))
        Assert.True((model = again))
        Assert.Equal(1, Map.count (Map.ofList [ string model, 1; string again, 2 ]))
        Assert.Equal(1, (dict [ model, 1 ])[again])

    [<Fact>]
    let ``Text is read to a result`` () =
        Assert.Equal(Ok model, read (SpecJson.Write model))
        match read "{}" with
        | Ok _ -> Assert.Fail "read"
        | Error problems -> Assert.Equal("$", (List.exactlyOne problems).Path)

    [<Fact>]
    let ``The zoo is found by name`` () =
        let count name =
            Zoo.Find(name, Shape.Image(1, 28, 28))
                .Match((fun spec -> Ok(Parameters.Count spec)), (fun problems -> Error(string problems[0])))
        Assert.Equal(Ok 652824L, count "mlp")
        Assert.True(Result.isError (count "resnet"))
