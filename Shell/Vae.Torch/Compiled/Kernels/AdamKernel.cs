using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static Vae.Torch.Tiles;

namespace Vae.Torch;

/// <summary>
/// Adam over all weights in one pass. Its operands are flat, gradient, first, second, steps and rate; the flat buffers' lengths are
/// multiples of 16.
/// </summary>
/// <param name="beta1">Decay of the first moment.</param>
/// <param name="beta2">Decay of the second moment.</param>
/// <param name="epsilon">Added to the denominator.</param>
/// <param name="decay">Decay of the weights besides the gradient, times the rate.</param>
/// <param name="size">Number of weights, gaps included.</param>
internal sealed unsafe class AdamKernel(double beta1, double beta2, double epsilon, double decay, long size)
    : StepKernel(StepNames.Flat, StepNames.Gradient, StepNames.First, StepNames.Second, StepNames.Steps, StepNames.Rate)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Run(nint[] at)
    {
        var steps = (float*)at[4];
        steps[0]++;
        var rate = *(double*)at[5];
        var (kept, rest) = (Vector512.Create((float)(1 - rate * decay)), Vector512.Create((float)(1 - beta1)));
        var (second, squared) = (Vector512.Create((float)beta2), Vector512.Create((float)(1 - beta2)));
        var step = Vector512.Create((float)(rate / (1 - Math.Pow(beta1, steps[0]))));
        var (root, small) = (Vector512.Create((float)Math.Sqrt(1 - Math.Pow(beta2, steps[0]))), Vector512.Create((float)epsilon));
        float* w = (float*)at[0], g = (float*)at[1], m = (float*)at[2], v = (float*)at[3];
        for (var i = 0L; i < size; i += Lanes)
        {
            var gradient = Vector512.Load(g + i);
            var mean = Vector512.Load(m + i);
            mean = Avx512F.FusedMultiplyAdd(gradient - mean, rest, mean);
            var square = Avx512F.FusedMultiplyAdd(gradient * gradient, squared, Vector512.Load(v + i) * second);
            mean.Store(m + i);
            square.Store(v + i);
            (Vector512.Load(w + i) * kept - step * mean / (Vector512.Sqrt(square) / root + small)).Store(w + i);
        }
    }
}
