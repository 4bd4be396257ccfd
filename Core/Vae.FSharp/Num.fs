namespace Vae.FSharp

open System
open Vae

/// Wraps a tensor of any carrier for F#'s operators and functions: + - * / and unary minus with tensors or floats on either
/// side, exp, log, sqrt, abs, tanh. A type parameter constrained by an interface lacks the members that F#'s operators require
/// (FS0001), and a let-bound operator has no overload for floats: the members of a struct have neither limit.
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

    /// The implementation of exp, elementwise.
    static member Exp(x: Num<'T>) = Num('T.Exp x.Value)
    /// The implementation of log, elementwise; x > 0.
    static member Log(x: Num<'T>) = Num('T.Log x.Value)
    /// The implementation of sqrt, elementwise; x ≥ 0.
    static member Sqrt(x: Num<'T>) = Num('T.Sqrt x.Value)
    /// The implementation of abs, elementwise.
    static member Abs(x: Num<'T>) = Num('T.Abs x.Value)
    /// The implementation of tanh, elementwise.
    static member Tanh(x: Num<'T>) = Num('T.Tanh x.Value)

/// The operations of a carrier that F# has no operator or function for.
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

    /// x between two bounds, elementwise; beyond a bound its excess e becomes ln(1 + e), so that value and slope have no jump.
    let softClamp (min: float) (max: float) (x: Num<'T>) = Num('T.SoftClamp(x.Value, min, max))

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

    /// A constant from row-major values, with the type and device of another tensor; it has no derivative.
    let constant (like: Num<'T>) (values: float list) (dims: int list) =
        Num('T.Constant(like.Value, List.toArray values, List.toArray dims))

    /// The same value with derivative 0.
    let stopGradient (x: Num<'T>) = Num('T.StopGradient x.Value)

    /// 1 at the first largest value along one axis and 0 elsewhere; the axis is kept; it has no derivative.
    let oneHotArgMax (axis: int) (x: Num<'T>) = Num('T.OneHotArgMax(x.Value, axis))

/// Wraps tensors for F#'s operators.
[<AutoOpen>]
module Nums =

    /// Wraps a tensor; Num.value unwraps it.
    let num (x: 'T) = Num<'T> x
