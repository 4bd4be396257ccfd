namespace Vae.FSharp

open System
open Vae

/// A tensor of any carrier under F#'s own operators and functions: + - * / and unary minus with tensors or plain numbers
/// on either side, exp, log, sqrt, abs, tanh. F#'s operators ask a type parameter for members that an interface does not
/// give it (FS0001), and one bound by let has no overload for plain numbers: members of a struct serve both.
[<Struct; NoComparison>]
type Num<'T when 'T: struct and 'T: (new: unit -> 'T) and 'T :> ValueType and 'T :> ITensor<'T>>(value: 'T) =

    /// The tensor.
    member _.Value = value

    /// The dimensions, batch axis first.
    member _.Dims = value.Dims

    /// Elementwise, broadcast from the right.
    static member (+)(a: Num<'T>, b: Num<'T>) = Num('T.op_Addition (a.Value, b.Value))
    /// Elementwise.
    static member (+)(a: Num<'T>, b: float) = Num('T.op_Addition (a.Value, b))
    /// Elementwise.
    static member (+)(a: float, b: Num<'T>) = Num('T.op_Addition (a, b.Value))
    /// Elementwise, broadcast from the right.
    static member (-)(a: Num<'T>, b: Num<'T>) = Num('T.op_Subtraction (a.Value, b.Value))
    /// Elementwise.
    static member (-)(a: Num<'T>, b: float) = Num('T.op_Subtraction (a.Value, b))
    /// Elementwise.
    static member (-)(a: float, b: Num<'T>) = Num('T.op_Subtraction (a, b.Value))
    /// Elementwise, broadcast from the right.
    static member (*)(a: Num<'T>, b: Num<'T>) = Num('T.op_Multiply (a.Value, b.Value))
    /// Elementwise.
    static member (*)(a: Num<'T>, b: float) = Num('T.op_Multiply (a.Value, b))
    /// Elementwise.
    static member (*)(a: float, b: Num<'T>) = Num('T.op_Multiply (a, b.Value))
    /// Elementwise, broadcast from the right.
    static member (/)(a: Num<'T>, b: Num<'T>) = Num('T.op_Division (a.Value, b.Value))
    /// Elementwise.
    static member (/)(a: Num<'T>, b: float) = Num('T.op_Division (a.Value, b))
    /// Elementwise.
    static member (/)(a: float, b: Num<'T>) = Num('T.op_Division (a, b.Value))
    /// Elementwise.
    static member (~-)(a: Num<'T>) = Num('T.op_UnaryNegation a.Value)

    /// What exp asks for.
    static member Exp(x: Num<'T>) = Num('T.Exp x.Value)
    /// What log asks for; x > 0.
    static member Log(x: Num<'T>) = Num('T.Log x.Value)
    /// What sqrt asks for; x ≥ 0.
    static member Sqrt(x: Num<'T>) = Num('T.Sqrt x.Value)
    /// What abs asks for.
    static member Abs(x: Num<'T>) = Num('T.Abs x.Value)
    /// What tanh asks for.
    static member Tanh(x: Num<'T>) = Num('T.Tanh x.Value)

/// The operations of a carrier that F# has no function for, in the carrier's own words.
module Num =

    /// The tensor.
    let value (x: Num<'T>) : 'T = x.Value

    /// ln(1 + x), elementwise, exact near 0; x > −1.
    let log1p (x: Num<'T>) = Num('T.Log1p x.Value)

    /// x², elementwise.
    let square (x: Num<'T>) = Num('T.Square x.Value)

    /// −1, 0 or 1, elementwise; its derivative is 0.
    let sign (x: Num<'T>) = Num('T.Sign x.Value)

    /// 1 / (1 + e⁻ˣ), elementwise.
    let sigmoid (x: Num<'T>) = Num('T.Sigmoid x.Value)

    /// ln(1 / (1 + e⁻ˣ)), elementwise, without overflow for any finite x.
    let logSigmoid (x: Num<'T>) = Num('T.LogSigmoid x.Value)

    /// The sum over the given axes, which are removed.
    let sum (axes: int list) (x: Num<'T>) = Num('T.Sum(x.Value, List.toArray axes))

    /// [B, ...] → [B]: the sum over all but the batch axis.
    let sumEvent (x: Num<'T>) = Num('T.SumEvent x.Value)

    /// ln Σ eˣ over one axis, which is removed; without overflow.
    let logSumExp (axis: int) (x: Num<'T>) = Num('T.LogSumExp(x.Value, axis))

    /// [n, k] · [k, m] → [n, m].
    let matMul (a: Num<'T>) (b: Num<'T>) = Num('T.MatMul(a.Value, b.Value))

    /// [n, m] → [m, n].
    let transpose (x: Num<'T>) = Num('T.Transpose x.Value)

    /// The same values in other dimensions of equal product.
    let reshape (dims: int list) (x: Num<'T>) = Num('T.Reshape(x.Value, List.toArray dims))

    /// The positions start … start + length − 1 of one axis.
    let slice (axis: int) (start: int) (length: int) (x: Num<'T>) = Num('T.Slice(x.Value, axis, start, length))

    /// a and then b along one axis.
    let concat (axis: int) (a: Num<'T>) (b: Num<'T>) = Num('T.Concat(a.Value, b.Value, axis))

    /// Given values, row-major, in the type and on the device of another tensor; no derivative.
    let constant (like: Num<'T>) (values: float list) (dims: int list) =
        Num('T.Constant(like.Value, List.toArray values, List.toArray dims))

    /// The same value, whose derivative is 0.
    let stopGradient (x: Num<'T>) = Num('T.StopGradient x.Value)

    /// 1 at the first of the largest values along one axis, which is kept, else 0; no derivative.
    let oneHotArgMax (axis: int) (x: Num<'T>) = Num('T.OneHotArgMax(x.Value, axis))

/// The way in.
[<AutoOpen>]
module Nums =

    /// A tensor under F#'s operators; Num.value is the way back.
    let num (x: 'T) = Num<'T> x
