namespace Vae.FSharp.Tests

open System
open System.Reflection
open Microsoft.FSharp.Reflection
open Vae
open Vae.FSharp
open Xunit

/// Every hierarchy is taken apart by patterns that the compiler knows to be complete: this project treats FS0025 as an error.
module PatternTests =

    let activation (activation: Activation) =
        match activation with
        | Activations.Rectifier(Rectifier.LeakyRelu l) -> $"leaky {l.Slope}"
        | Activations.Rectifier(Rectifier.Elu e) -> $"elu {e.Alpha}"
        | Activations.Rectifier(Rectifier.Relu _ | Rectifier.Gelu _ | Rectifier.Silu _ | Rectifier.Softplus _) -> "rectifier"
        | Activations.Sigmoidal(Sigmoidal.Tanh _ | Sigmoidal.Sigmoid _) -> "sigmoidal"

    let rec layer (one: Layer) =
        match one with
        | Layers.Dense(Dense.Linear l) -> $"linear {l.Width}"
        | Layers.Convolutional(Convolutional.Conv2d c) -> $"conv {c.Channels}"
        | Layers.Convolutional(Convolutional.ConvTranspose2d c) -> $"transpose {c.Channels}"
        | Layers.Convolutional(Convolutional.Upsample u) -> $"upsample {u.Factor}"
        | Layers.Normalizing(Normalizing.BatchNorm _ | Normalizing.GroupNorm _ | Normalizing.LayerNorm _) -> "norm"
        | Layers.Elementwise(Elementwise.Activate a) -> activation a.Function
        | Layers.Elementwise(Elementwise.Dropout d) -> $"dropout {d.Rate}"
        | Layers.Shaping(Shaping.Flatten _) -> "flatten"
        | Layers.Shaping(Shaping.Reshape r) -> $"reshape {r.To}"
        | Layers.Joining(Joining.Residual r) -> r.Body |> Seq.map layer |> String.concat ", " |> sprintf "x + (%s)"
        | Layers.Joining(Joining.ConcatenateCondition a) -> $"append {a.Width}"
        | Layers.Custom c -> c.Definition.Name

    let rec settled (schedule: Schedule) =
        match schedule with
        | Schedules.Constant _ -> 0.0
        | Schedules.Linear s -> s.Epochs
        | Schedules.Cosine s -> s.Epochs
        | Schedules.Sigmoid s -> s.Epochs
        | Schedules.Cyclical _ -> infinity
        | Schedules.Then s -> s.Epochs + settled s.Next
        | Schedules.Restarts _ -> infinity

    [<Fact>]
    let ``Layers are taken apart`` () =
        let layers = [
            Layers.Conv2d(8, 3); Layers.Relu; Layers.Flatten; Layers.Residual(ValueList.From [ Layers.Linear 4; Layers.Tanh ])
            Layers.BatchNorm(); Layers.Dropout 0.5; Layers.Reshape(Shape.Vector 4); Layers.ConcatenateCondition 2; Layers.Upsample 2
            Layers.Activate(Activations.Elu 2.0); Layers.ConvTranspose2d(3, 4) ]
        Assert.Equal<string list>(
            [ "conv 8"; "rectifier"; "flatten"; "x + (linear 4, sigmoidal)"; "norm"; "dropout 0.5"; "reshape 4"; "append 2"; "upsample 2"; "elu 2"; "transpose 3" ],
            List.map layer layers)

    [<Fact>]
    let ``What is made by a name is matched by it`` () =
        let made (run: Experiment) =
            match run.Train.Optimizer, run.Train.Clipping, run.Train.Averaging, run.Train.Stopping, run.Data.Binarization with
            | Optimizers.Adam _, Clippings.Norm n, Averagings.None, Stoppings.Patience p, Binarizations.None -> Some(n.Max, p.Epochs)
            | (Optimizers.Adam _ | Optimizers.AdamW _ | Optimizers.Sgd _), (Clippings.None | Clippings.Norm _ | Clippings.Skip _), (Averagings.None | Averagings.Exponential _),
              (Stoppings.Never | Stoppings.Patience _ | Stoppings.Plateau _), (Binarizations.None | Binarizations.Threshold _ | Binarizations.Stochastic) -> None
        Assert.Equal(Some(1.0, 2), made SpecTests.run)
        match SpecTests.model.Condition, SpecTests.model.Encoder.Head with
        | Conditions.Label l, Heads.Dense _ -> Assert.Equal(10, l.Classes)
        | (Conditions.None | Conditions.Label _ | Conditions.Labels _ | Conditions.Vector _ | Conditions.Quadrants _), (Heads.Dense _ | Heads.Conv2d _ | Heads.ConvTranspose2d _) ->
            Assert.Fail "another condition"

    [<Fact>]
    let ``The parts of a model are taken apart`` () =
        let model = SpecTests.model.With(likelihood = Likelihoods.Normal 0.5)
        match model.Likelihood, model.Posterior, model.Prior, SpecTests.run.Objective with
        | Likelihoods.Continuous(Continuous.Normal n), Posteriors.Distribution(Distribution.DiagonalNormal _), Priors.Fixed(Fixed.StandardNormal _), Objectives.Bound(Bound.Elbo e) ->
            match n.Scale with
            | Scales.Fixed s -> Assert.Equal(0.5, s.Sigma)
            | Scales.Learned _ | Scales.Shared _ | Scales.Optimal _ -> Assert.Fail "another scale"
            Assert.Equal(2.0, settled e.Beta)
        | (Likelihoods.Continuous _ | Likelihoods.Discrete _ | Likelihoods.Counted _ | Likelihoods.Composite _ | Likelihoods.Custom _), (Posteriors.Distribution _ | Posteriors.Code _ | Posteriors.Custom _),
          (Priors.Fixed _ | Priors.Learned _ | Priors.Custom _), (Objectives.Bound _ | Objectives.Loss _ | Objectives.Custom _) -> Assert.Fail "another model"

    [<Fact>]
    let ``Problems are a result`` () =
        let found = SpecJson.ReadModel(SpecJson.Write SpecTests.model) |> Validated.toResult |> Result.map _.Latent
        Assert.Equal(Ok 3, found)
        match Zoo.Find("resnet", Shape.Image(1, 28, 28)) with
        | Valid _ -> Assert.Fail "found"
        | Invalid problems -> Assert.Contains("resnet", string (List.exactlyOne problems))

    let private hierarchies =
        typeof<VaeSpec>.Assembly.GetExportedTypes()
        |> Array.filter (fun t -> t.IsAbstract && not (isNull (t.GetMethod "<Clone>$")))

    // The cases that a hierarchy's patterns name: those of the pattern itself, and those of the unions that it gives.
    let private named (hierarchy: Type) =
        typeof<Num<NdArray>>.Assembly.GetExportedTypes()
        |> Array.collect (fun t -> if FSharpType.IsModule t then t.GetMethods() else [||])
        |> Array.filter (fun (m: MethodInfo) ->
            m.Name.StartsWith("|", StringComparison.Ordinal)
            && (let given = (Array.head (m.GetParameters())).ParameterType
                given.Name = hierarchy.Name && given.Namespace = hierarchy.Namespace))
        |> Array.toList
        |> List.map (fun (m: MethodInfo) ->
            let unions = m.ReturnType.GetGenericArguments() |> Array.filter FSharpType.IsUnion |> Array.filter (fun t -> t.Namespace = "Vae.FSharp")
            let groups = unions |> Array.map _.Name |> Set.ofArray
            let direct = m.Name.Split('|', StringSplitOptions.RemoveEmptyEntries) |> Set.ofArray
            Set.difference direct groups + (unions |> Seq.collect FSharpType.GetUnionCases |> Seq.map _.Name |> Set.ofSeq))

    [<Fact>]
    let ``Every case of every hierarchy has its pattern`` () =
        Assert.True(hierarchies.Length > 14)
        for hierarchy in hierarchies do
            let cases = hierarchy.GetNestedTypes() |> Array.map (fun t -> t.Name.Split('`')[0]) |> Set.ofArray
            Assert.Equal<Set<string> list>([ cases ], named hierarchy)

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
