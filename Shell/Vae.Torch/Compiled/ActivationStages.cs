using static Vae.Torch.ProgramWriter;

namespace Vae.Torch;

/// <summary>Activation functions, computed in place unless the layer before needs its own output.</summary>
internal static class ActivationStages
{
    public static Stage Activate(ProgramWriter to, string name, Activation function, ProgramTensor x) => function.Match(
        relu: _ => OfOutput(to, name, x,
            (a, y) => $"torch.clamp_min({a}, 0, out={y})", (dy, y, dx) => $"torch.threshold_backward({dy}, {y}, 0, grad_input={dx})",
            ActivationKernels.Of<VectorRelu>),
        // With a slope below 0, the sign of the input does not follow from the output.
        leakyRelu: l => (l.Slope >= 0 ? OfOutput : (Rule)OfInput)(to, name, x,
            (a, y) => $"torch.leaky_relu({a}, {Text(l.Slope)}, out={y})",
            (dy, of, dx) =>
                $"torch.leaky_relu_backward({dy}, {of}, {Text(l.Slope)}, {(l.Slope >= 0 ? "True" : "False")}, grad_input={dx})"),
        elu: e => OfOutput(to, name, x,
            (a, y) => $"torch.elu({a}, {Text(e.Alpha)}, 1, 1, out={y})",
            (dy, y, dx) => $"torch.elu_backward({dy}, {Text(e.Alpha)}, 1, 1, True, {y}, grad_input={dx})"),
        gelu: _ => OfInput(to, name, x,
            (a, y) => $"torch.gelu({a}, out={y})", (dy, a, dx) => $"torch.gelu_backward({dy}, {a}, grad_input={dx})"),
        silu: _ => OfInput(to, name, x,
            (a, y) => $"torch.silu({a}, out={y})", (dy, a, dx) => $"torch.silu_backward({dy}, {a}, grad_input={dx})"),
        // tanh x = 2σ(2x) − 1: libtorch's sigmoid is much faster than its tanh. The error is the rounding of a float near 1.
        tanh: _ => OfOutput(to, name, x,
            (a, y) => $"torch.add({to.MinusOne}, torch.add({a}, {a}, out={y}).sigmoid_(), alpha=2.0, out={y})",
            (dy, y, dx) => $"torch.tanh_backward({dy}, {y}, grad_input={dx})", ActivationKernels.Of<VectorTanh>),
        sigmoid: _ => OfOutput(to, name, x,
            (a, y) => $"torch.sigmoid({a}, out={y})", (dy, y, dx) => $"torch.sigmoid_backward({dy}, {y}, grad_input={dx})"),
        // Above 40, softplus equals x to the last bit of a double.
        softplus: _ => OfInput(to, name, x,
            (a, y) => $"torch.softplus({a}, 1, 40, out={y})",
            (dy, a, dx) => $"torch.softplus_backward({dy}, {a}, 1, 40, grad_input={dx})"));

    private delegate Stage Rule(
        ProgramWriter to, string name, ProgramTensor x, Func<string, string, string> forward, Func<string, string, string, string> adjoint,
        Func<long, ActivationKernels>? kernels = null);

    /// <summary>The derivative is a function of the output, which no later stage may overwrite.</summary>
    private static Stage OfOutput(
        ProgramWriter to, string name, ProgramTensor x, Func<string, string, string> forward, Func<string, string, string, string> adjoint,
        Func<long, ActivationKernels>? kernels = null)
    {
        var y = to.Target(x, Identifier(name));
        var kernel = kernels?.Invoke(x.Rows * (long)x.Shape.Size);
        to.Line(forward(x.Name, y.Name), kernel?.Forward(x.Name, y.Name));
        return new(y with { IsOwned = false }, dy => Backward(
            to, name, x, dy, dx => (adjoint(dy.Name, y.Name, dx), kernel?.Adjoint(dy.Name, y.Name, dx))));
    }

    /// <summary>The derivative is a function of the input, which is not overwritten.</summary>
    private static Stage OfInput(
        ProgramWriter to, string name, ProgramTensor x, Func<string, string, string> forward, Func<string, string, string, string> adjoint,
        Func<long, ActivationKernels>? kernels = null)
    {
        var y = to.Target(x with { IsOwned = false }, Identifier(name));
        to.Line(forward(x.Name, y.Name));
        return new(y, dy => Backward(to, name, x, dy, dx => (adjoint(dy.Name, x.Name, dx), null)));
    }

    private static ProgramTensor? Backward(
        ProgramWriter to, string name, ProgramTensor x, ProgramTensor dy, Func<string, (string Text, StepKernel? Kernel)> adjoint)
    {
        if (!x.NeedsGradient)
            return null;
        var dx = to.Target(dy, $"d_{Identifier(name)}_input");
        var (text, kernel) = adjoint(dx.Name);
        to.Line(text, kernel);
        return dx;
    }
}
