using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>
/// A TorchSharp tensor as an <see cref="ITensor{T}"/>, differentiable by autograd. Intermediates belong to the caller's dispose scope.
/// </summary>
public readonly struct TorchTensor : ITensor<TorchTensor>
{
    /// <summary>Wraps a tensor; nothing is copied.</summary>
    /// <param name="tensor">The tensor, of any shape.</param>
    public TorchTensor(Tensor tensor) => Tensor = tensor;

    /// <summary>The wrapped tensor.</summary>
    public Tensor Tensor { get; }

    /// <inheritdoc/>
    public int[] Dims => Array.ConvertAll(Tensor.shape, static dim => checked((int)dim));

    /// <summary>Wraps a tensor.</summary>
    /// <param name="tensor">The tensor, of any shape.</param>
    public static implicit operator TorchTensor(Tensor tensor) => new(tensor);

    /// <summary>Unwraps the tensor.</summary>
    /// <param name="carrier">The wrapper.</param>
    public static implicit operator Tensor(TorchTensor carrier) => carrier.Tensor;

    // add(b) and square() create a temporary scalar that nothing keeps alive: the long forms take a kept one.
    /// <inheritdoc/>
    public static TorchTensor operator +(TorchTensor a, TorchTensor b) => a.Tensor.add(b.Tensor, Scalars.One);
    /// <inheritdoc/>
    public static TorchTensor operator -(TorchTensor a, TorchTensor b) => a.Tensor.sub(b.Tensor);
    /// <inheritdoc/>
    public static TorchTensor operator *(TorchTensor a, TorchTensor b) => a.Tensor.mul(b.Tensor);
    /// <inheritdoc/>
    public static TorchTensor operator /(TorchTensor a, TorchTensor b) => a.Tensor.div(b.Tensor);
    /// <inheritdoc/>
    public static TorchTensor operator -(TorchTensor a) => a.Tensor.neg();
    /// <inheritdoc/>
    public static TorchTensor operator +(TorchTensor a, double b) => a.Tensor.add(Scalars.Get(b), Scalars.One);
    /// <inheritdoc/>
    public static TorchTensor operator +(double a, TorchTensor b) => b + a;
    /// <inheritdoc/>
    public static TorchTensor operator -(TorchTensor a, double b) => a.Tensor.sub(Scalars.Get(b));
    /// <inheritdoc/>
    public static TorchTensor operator -(double a, TorchTensor b) => b.Tensor.neg().add(Scalars.Get(a), Scalars.One);
    /// <inheritdoc/>
    public static TorchTensor operator *(TorchTensor a, double b) => a.Tensor.mul(Scalars.Get(b));
    /// <inheritdoc/>
    public static TorchTensor operator *(double a, TorchTensor b) => b * a;
    /// <inheritdoc/>
    public static TorchTensor operator /(TorchTensor a, double b) => a.Tensor.div(Scalars.Get(b));
    /// <inheritdoc/>
    public static TorchTensor operator /(double a, TorchTensor b) => b.Tensor.reciprocal().mul(Scalars.Get(a));

    /// <inheritdoc/>
    public static TorchTensor Exp(TorchTensor x) => x.Tensor.exp();
    /// <inheritdoc/>
    public static TorchTensor Log(TorchTensor x) => x.Tensor.log();
    /// <inheritdoc/>
    public static TorchTensor Log1p(TorchTensor x) => x.Tensor.log1p();
    /// <inheritdoc/>
    public static TorchTensor Sqrt(TorchTensor x) => x.Tensor.sqrt();
    /// <inheritdoc/>
    public static TorchTensor Square(TorchTensor x) => x.Tensor.pow(Scalars.Get(2));
    /// <inheritdoc/>
    public static TorchTensor Abs(TorchTensor x) => x.Tensor.abs();
    /// <inheritdoc/>
    public static TorchTensor Sign(TorchTensor x) => x.Tensor.sign();
    /// <inheritdoc/>
    public static TorchTensor Tanh(TorchTensor x) => x.Tensor.tanh();
    /// <inheritdoc/>
    public static TorchTensor Sigmoid(TorchTensor x) => x.Tensor.sigmoid();
    /// <inheritdoc/>
    public static TorchTensor LogSigmoid(TorchTensor x) => nn.functional.logsigmoid(x.Tensor);
    /// <inheritdoc/>
    public static TorchTensor SoftClamp(TorchTensor x, double min, double max)
    {
        TorchTensor inside = x.Tensor.clamp(Scalars.Get(min), Scalars.Get(max));
        var beyond = x - inside;
        return inside + Sign(beyond) * Log1p(Abs(beyond));
    }

    /// <inheritdoc/>
    public static TorchTensor Sum(TorchTensor x, params int[] axes) =>
        axes.Length == 0 ? x : x.Tensor.sum(Array.ConvertAll(axes, static axis => (long)axis));
    /// <inheritdoc/>
    public static TorchTensor SumEvent(TorchTensor x) =>
        x.Tensor.dim() == 1 ? x : x.Tensor.flatten(1).sum(1);
    /// <inheritdoc/>
    public static TorchTensor LogSumExp(TorchTensor x, int axis) => x.Tensor.logsumexp(axis);
    /// <inheritdoc/>
    public static TorchTensor MatMul(TorchTensor a, TorchTensor b) => a.Tensor.matmul(b.Tensor);
    /// <inheritdoc/>
    public static TorchTensor Transpose(TorchTensor x) => x.Tensor.t();
    /// <inheritdoc/>
    public static TorchTensor Reshape(TorchTensor x, params int[] dims) =>
        x.Tensor.reshape(Array.ConvertAll(dims, static dim => (long)dim));
    /// <inheritdoc/>
    public static TorchTensor Slice(TorchTensor x, int axis, int start, int length) => x.Tensor.narrow(axis, start, length);
    /// <inheritdoc/>
    public static TorchTensor Concat(TorchTensor a, TorchTensor b, int axis) => cat([a.Tensor, b.Tensor], axis);
    /// <inheritdoc/>
    public static TorchTensor Constant(TorchTensor like, double[] values, params int[] dims) =>
        tensor(values, Array.ConvertAll(dims, static dim => (long)dim), ScalarType.Float64).to(like.Tensor.dtype, like.Tensor.device);
    /// <inheritdoc/>
    public static TorchTensor StopGradient(TorchTensor x) => x.Tensor.detach();
    /// <inheritdoc/>
    public static TorchTensor OneHotArgMax(TorchTensor x, int axis) =>
        zeros_like(x.Tensor).scatter_(
            axis, x.Tensor.detach().argmax(axis, keepdim: true),
            ones([], x.Tensor.dtype, x.Tensor.device).expand([.. x.Tensor.shape.Select((dim, i) => i == axis ? 1 : dim)]));
}
