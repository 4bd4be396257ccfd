namespace Vae.FSharp

open Vae

/// Near the identity above 0 and near a constant or a line below.
[<RequireQualifiedAccess>]
type Rectifier =
    | Relu of Activation.Relu
    | LeakyRelu of Activation.LeakyRelu
    | Elu of Activation.Elu
    | Gelu of Activation.Gelu
    | Silu of Activation.Silu
    | Softplus of Activation.Softplus

/// Bounded on both sides.
[<RequireQualifiedAccess>]
type Sigmoidal =
    | Tanh of Activation.Tanh
    | Sigmoid of Activation.Sigmoid

/// Of every value.
[<RequireQualifiedAccess>]
type Dense =
    | Linear of Layer.Linear

/// Of neighbours in an image.
[<RequireQualifiedAccess>]
type Convolutional =
    | Conv2d of Layer.Conv2d
    | ConvTranspose2d of Layer.ConvTranspose2d
    | Upsample of Layer.Upsample

/// To mean 0 and variance 1.
[<RequireQualifiedAccess>]
type Normalizing =
    | BatchNorm of Layer.BatchNorm
    | GroupNorm of Layer.GroupNorm
    | LayerNorm of Layer.LayerNorm

/// Of each value by itself.
[<RequireQualifiedAccess>]
type Elementwise =
    | Activate of Layer.Activate
    | Dropout of Layer.Dropout

/// The same values in another shape.
[<RequireQualifiedAccess>]
type Shaping =
    | Flatten of Layer.Flatten
    | Reshape of Layer.Reshape

/// With something from elsewhere.
[<RequireQualifiedAccess>]
type Joining =
    | Residual of Layer.Residual
    | ConcatenateCondition of Layer.ConcatenateCondition

/// Patterns of an elementwise function: Activations.Rectifier(Rectifier.LeakyRelu l).
module Activations =

    /// Unbounded or bounded.
    let (|Rectifier|Sigmoidal|) (activation: Activation) =
        activation.Match(
            relu = (fun a -> Rectifier(Rectifier.Relu a)),
            leakyRelu = (fun a -> Rectifier(Rectifier.LeakyRelu a)),
            elu = (fun a -> Rectifier(Rectifier.Elu a)),
            gelu = (fun a -> Rectifier(Rectifier.Gelu a)),
            silu = (fun a -> Rectifier(Rectifier.Silu a)),
            tanh = (fun a -> Sigmoidal(Sigmoidal.Tanh a)),
            sigmoid = (fun a -> Sigmoidal(Sigmoidal.Sigmoid a)),
            softplus = (fun a -> Rectifier(Rectifier.Softplus a)))

/// Patterns of one layer: Layers.Dense(Dense.Linear l), Layers.Convolutional(Convolutional.Conv2d c).
module Layers =

    /// What kind of layer.
    let (|Dense|Convolutional|Normalizing|Elementwise|Shaping|Joining|Custom|) (layer: Layer) =
        layer.Match(
            linear = (fun l -> Dense(Dense.Linear l)),
            conv2d = (fun l -> Convolutional(Convolutional.Conv2d l)),
            convTranspose2d = (fun l -> Convolutional(Convolutional.ConvTranspose2d l)),
            activate = (fun l -> Elementwise(Elementwise.Activate l)),
            batchNorm = (fun l -> Normalizing(Normalizing.BatchNorm l)),
            groupNorm = (fun l -> Normalizing(Normalizing.GroupNorm l)),
            layerNorm = (fun l -> Normalizing(Normalizing.LayerNorm l)),
            dropout = (fun l -> Elementwise(Elementwise.Dropout l)),
            flatten = (fun l -> Shaping(Shaping.Flatten l)),
            reshape = (fun l -> Shaping(Shaping.Reshape l)),
            upsample = (fun l -> Convolutional(Convolutional.Upsample l)),
            residual = (fun l -> Joining(Joining.Residual l)),
            concatenateCondition = (fun l -> Joining(Joining.ConcatenateCondition l)),
            custom = (fun l -> Custom l))
