namespace Vae.FSharp.Tests

open System
open Vae
open Vae.FSharp
open Xunit

/// Matches that the compiler knows to be complete: this project treats FS0025 as an error.
module PatternTests =

    let activation (activation: Activation) =
        match Activations.case activation with
        | ActivationCase.LeakyRelu l -> $"leaky {l.Slope}"
        | ActivationCase.Elu e -> $"elu {e.Alpha}"
        | ActivationCase.Relu | ActivationCase.Gelu | ActivationCase.Silu | ActivationCase.Softplus -> "rectifier"
        | ActivationCase.Tanh | ActivationCase.Sigmoid -> "sigmoidal"

    let rec layer (one: Layer) =
        match Layers.case one with
        | LayerCase.Linear l -> $"linear {l.Width}"
        | LayerCase.GatedLinear g -> $"gated {g.Width}"
        | LayerCase.Conv1d c -> $"conv over steps {c.Channels}"
        | LayerCase.ConvTranspose1d c -> $"transpose over steps {c.Channels}"
        | LayerCase.Gru g -> $"gru {g.Width}"
        | LayerCase.Sequence s -> $"sequence {s.Steps}"
        | LayerCase.Conv2d c -> $"conv {c.Channels}"
        | LayerCase.ConvTranspose2d c -> $"transpose {c.Channels}"
        | LayerCase.Upsample u -> $"upsample {u.Factor}"
        | LayerCase.BatchNorm _ | LayerCase.GroupNorm _ | LayerCase.LayerNorm _ -> "norm"
        | LayerCase.Activate a -> activation a.Function
        | LayerCase.Dropout d -> $"dropout {d.Rate}"
        | LayerCase.Flatten -> "flatten"
        | LayerCase.Reshape r -> $"reshape {r.To}"
        | LayerCase.Residual r -> r.Body |> Seq.map layer |> String.concat ", " |> sprintf "x + (%s)"
        | LayerCase.ConcatenateCondition a -> $"append {a.Width}"
        | LayerCase.Custom c -> c.Definition.Name

    let rec settled (schedule: Schedule) =
        match schedule with
        | Schedules.Constant _ -> 0.0
        | Schedules.Linear s -> s.Epochs
        | Schedules.Cosine s -> s.Epochs
        | Schedules.Sigmoid s -> s.Epochs
        | Schedules.Cyclical _ -> infinity
        | Schedules.Then s -> s.Epochs + settled s.Next
        | Schedules.Restarts _ -> infinity

    let likelihood (one: Likelihood) =
        match Likelihoods.case one with
        | LikelihoodCase.Normal n ->
            match n.Scale with
            | Scales.Fixed s -> $"normal of scale {s.Sigma}"
            | Scales.Learned | Scales.Shared | Scales.Optimal -> "normal"
        | LikelihoodCase.Custom c -> c.Definition.Name
        | _ -> "another"

    [<Fact>]
    let ``Layers are matched`` () =
        let layers = [
            Layers.Conv2d(8, 3); Layers.Relu; Layers.Flatten; Layers.Residual(ValueList.From [ Layers.Linear 4; Layers.Tanh ])
            Layers.BatchNorm(); Layers.Dropout 0.5; Layers.Reshape(Shape.Vector 4); Layers.ConcatenateCondition 2; Layers.Upsample 2
            Layers.Activate(Activations.Elu 2.0); Layers.ConvTranspose2d(3, 4) ]
        Assert.Equal<string list>(
            [ "conv 8"; "rectifier"; "flatten"; "x + (linear 4, sigmoidal)"
              "norm"; "dropout 0.5"; "reshape 4"; "append 2"; "upsample 2"
              "elu 2"; "transpose 3" ],
            List.map layer layers)

    [<Fact>]
    let ``A value is matched by the name of its factory`` () =
        let limits (train: TrainSpec) =
            match train.Clipping, train.Stopping with
            | Clippings.Norm n, Stoppings.Patience p -> Some(n.Max, p.Epochs)
            | (Clippings.None | Clippings.Norm _ | Clippings.Skip _), (Stoppings.Never | Stoppings.Patience _ | Stoppings.Plateau _) -> None
        Assert.Equal(Some(1.0, 2), limits SpecTests.run.Train)
        match SpecTests.run.Train.Optimizer with
        | Optimizers.Adam _ -> ()
        | Optimizers.AdamW _ | Optimizers.Sgd _ -> Assert.Fail "another optimizer"
        match SpecTests.run.Train.Averaging, SpecTests.run.Data.Binarization with
        | Averagings.None, Binarizations.None -> ()
        | (Averagings.None | Averagings.Exponential _), (Binarizations.None | Binarizations.Threshold _ | Binarizations.Stochastic) ->
            Assert.Fail "another averaging or binarization"
        match SpecTests.model.Condition with
        | Conditions.Label l -> Assert.Equal(10, l.Classes)
        | Conditions.None | Conditions.Labels _ | Conditions.Vector _ | Conditions.Quadrants _ -> Assert.Fail "another condition"
        match SpecTests.model.Encoder.Head with
        | Heads.Dense -> ()
        | Heads.Conv2d _ | Heads.ConvTranspose2d _ -> Assert.Fail "another head"

    [<Fact>]
    let ``The components of a model are matched`` () =
        let model = SpecTests.model.With(likelihood = Likelihoods.Normal 0.5)
        Assert.Equal("normal of scale 0.5", likelihood model.Likelihood)
        match Posteriors.case model.Posterior, Priors.case model.Prior with
        | PosteriorCase.DiagonalNormal, PriorCase.StandardNormal -> ()
        | _ -> Assert.Fail "another posterior or prior"
        match SpecTests.run.Objective with
        | Objectives.Elbo e -> Assert.Equal(2.0, settled e.Beta)
        | Objectives.ImportanceWeighted _ | Objectives.Reconstruction | Objectives.Regularized _ | Objectives.VaeGan _
        | Objectives.SemiSupervised _ | Objectives.Custom _ -> Assert.Fail "another objective"

    [<Fact>]
    let ``Problems are a result`` () =
        let found = SpecJson.ReadModel(SpecJson.Write SpecTests.model) |> Validated.toResult |> Result.map _.Latent
        Assert.Equal(Ok 3, found)
        match Zoo.Find("resnet", Shape.Image(1, 28, 28)) with
        | Valid _ -> Assert.Fail "found"
        | Invalid problems -> Assert.Contains("resnet", string (List.exactlyOne problems))

    [<Fact>]
    let ``Every operation of a carrier has its function`` () =
        let operations =
            (typeof<NdArray>.GetInterfaces() |> Array.find (fun i -> i.Name = "ITensor`1")).GetMethods()
            |> Array.filter (fun m -> m.IsStatic && not (m.Name.StartsWith("op_", StringComparison.Ordinal)))
            |> Array.map (fun m -> m.Name.ToLowerInvariant())
        let own =
            typeof<Num<NdArray>>.Assembly.GetExportedTypes()
            |> Array.filter (fun t -> t.Name.StartsWith("Num", StringComparison.Ordinal))
            |> Array.collect _.GetMethods()
            |> Array.map (fun m -> m.Name.ToLowerInvariant())
        Assert.Empty(Array.except own operations)
