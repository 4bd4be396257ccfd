using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static Vae.Torch.Tiles;

namespace Vae.Torch;

/// <summary>An activation function and its derivative for 16 values.</summary>
internal interface IVectorActivation
{
    /// <summary>f(x).</summary>
    static abstract Vector512<float> Value(Vector512<float> x);

    /// <summary>∂y·f′, by y = f(x).</summary>
    static abstract Vector512<float> Adjoint(Vector512<float> dy, Vector512<float> y);
}

/// <summary>max(0, x).</summary>
internal readonly struct VectorRelu : IVectorActivation
{
    public static Vector512<float> Value(Vector512<float> x) => Vector512.ConditionalSelect(
        Vector512.LessThan(x, Vector512<float>.Zero), Vector512<float>.Zero, x);

    public static Vector512<float> Adjoint(Vector512<float> dy, Vector512<float> y) => Vector512.ConditionalSelect(
        Vector512.LessThanOrEqual(y, Vector512<float>.Zero), Vector512<float>.Zero, dy);
}

/// <summary>tanh x = 1 − 2/(exp(2x) + 1); the error is the rounding of a float near 1.</summary>
internal readonly struct VectorTanh : IVectorActivation
{
    public static Vector512<float> Value(Vector512<float> x) =>
        Vector512<float>.One - Vector512.Create(2f) / (Elements.Exp(x + x) + Vector512<float>.One);

    public static Vector512<float> Adjoint(Vector512<float> dy, Vector512<float> y) => dy * (Vector512<float>.One - y * y);
}

/// <summary>The kernels of an activation of a given number of values.</summary>
/// <param name="Forward">y = f(x), by the names of x and y.</param>
/// <param name="Adjoint">∂x = ∂y·f′, by the names of ∂y, y and ∂x.</param>
internal sealed record ActivationKernels(Func<string, string, StepKernel> Forward, Func<string, string, string, StepKernel> Adjoint)
{
    /// <summary>Those of a function.</summary>
    public static ActivationKernels Of<T>(long size) where T : IVectorActivation => new(
        (x, y) => new ActivationForward<T>(x, y, size), (dy, y, dx) => new ActivationAdjoint<T>(dy, y, dx, size));
}

/// <summary>y = f(x) for all values.</summary>
internal sealed unsafe class ActivationForward<T>(string x, string y, long size) : StepKernel(x, y) where T : IVectorActivation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(nint[] at)
    {
        float* x = (float*)at[0], y = (float*)at[1];
        var i = 0L;
        for (; i <= size - Lanes; i += Lanes)
            T.Value(Vector512.Load(x + i)).Store(y + i);
        for (; i < size; i++)
            y[i] = T.Value(Vector512.Create(x[i]))[0];
    }
}

/// <summary>∂x = ∂y·f′ for all values.</summary>
internal sealed unsafe class ActivationAdjoint<T>(string dy, string y, string dx, long size) : StepKernel(dy, y, dx) where T : IVectorActivation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(nint[] at)
    {
        float* dy = (float*)at[0], y = (float*)at[1], dx = (float*)at[2];
        var i = 0L;
        for (; i <= size - Lanes; i += Lanes)
            T.Adjoint(Vector512.Load(dy + i), Vector512.Load(y + i)).Store(dx + i);
        for (; i < size; i++)
            dx[i] = T.Adjoint(Vector512.Create(dy[i]), Vector512.Create(y[i]))[0];
    }
}
