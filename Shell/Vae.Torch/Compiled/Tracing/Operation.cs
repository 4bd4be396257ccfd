namespace Vae.Torch;

/// <summary>The operations of a graph.</summary>
internal enum Operation
{
    /// <summary>A tensor from outside: the batch, noise, a weight, a scheduled value.</summary>
    Input,
    /// <summary>Given values.</summary>
    Values,
    /// <summary>k + Σ c·a with the numbers k, c…; without operands a constant.</summary>
    Linear,
    Multiply, Divide, Reciprocal, Exp, Log, Log1p, Sqrt, Square, Abs, Sign, Tanh, Sigmoid, LogSigmoid,
    /// <summary>max(0, x) and min(0, x).</summary>
    Above, Below,
    /// <summary>x between the two numbers; and, of that value, the excess of x, and its size: the value plus ±ln(1 + size).</summary>
    Clamp, SoftClamp,
    /// <summary>Reductions over the axes in the places.</summary>
    Sum, LogSumExp,
    /// <summary>Σ ln max(x, 1 − x) over all axes but the first, of probabilities x.</summary>
    SumLogMax,
    /// <summary>Along the axis in the places.</summary>
    Softmax, OneHot,
    MatMul, Transpose, Reshape,
    /// <summary>A part of an axis: the axis and the start.</summary>
    Slice,
    /// <summary>Two values side by side along an axis.</summary>
    Concat,
    /// <summary>A part of an axis of a value that is 0 elsewhere: axis, start and length.</summary>
    Pad,
    /// <summary>The same value without a derivative.</summary>
    Stop,
    /// <summary>Rows repeated as a whole, [B, …] → [K·B, …]; not stored by elementwise operations.</summary>
    Repeat,
    /// <summary>A value broadcast to dimensions.</summary>
    Expand,
    /// <summary>A stored copy of repeated or broadcast values.</summary>
    Copy,
    /// <summary>The output of layers, and the derivative by their input.</summary>
    Network, Backward,
}
