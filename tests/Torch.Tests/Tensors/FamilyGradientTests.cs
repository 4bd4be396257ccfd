using TorchSharp;
using Vae.Tests;
using static TorchSharp.torch;

namespace Vae.Torch.Tests;

/// <summary>
/// Derivatives of every likelihood in what the decoder gives: nested dual numbers against autograd, and float32 at its ends.
/// </summary>
public class FamilyGradientTests
{
    private const int Batch = 3;

    public static TheoryData<string> All => [.. Families.All.Select(family => family.Text)];

    [Theory]
    [MemberData(nameof(All))]
    public void FirstAndSecondDerivativesAreThoseOfDuals(string text)
    {
        var family = Families.All.First(family => family.Text == text);
        using var scope = NewDisposeScope();
        for (var seed = 0UL; seed < 3; seed++)
        {
            NdArray at = CarrierLawTests.Random(10 * seed, [Batch, family.Outputs]), u = CarrierLawTests.Random(10 * seed + 1, at.Dims),
                v = CarrierLawTests.Random(10 * seed + 2, at.Dims);
            var x = family.Support(CarrierLawTests.Random(10 * seed + 3, [Batch, Family.Values], away: 0.1));
            foreach (var ofMean in new[] { false, true })
            {
                var dual = Total(family, ofMean, new Dual<Dual<NdArray>>(new(at, u), new(v, 0 * v)),
                    Dual<Dual<NdArray>>.Constant(Dual<NdArray>.Constant(x)));
                var leaf = CarrierLawTests.ToTensor(at).requires_grad_(true);
                var value = Total<TorchTensor>(family, ofMean, leaf, CarrierLawTests.ToTensor(x)).Tensor;
                Close(dual.Value.Value.Item, value.ToDoubles()[0]);
                var gradient = autograd.grad([value], [leaf], create_graph: true, retain_graph: true)[0];
                Close(dual.Value.Tangent.Item, (gradient * CarrierLawTests.ToTensor(u)).sum().ToDoubles()[0]);
                var along = (gradient * CarrierLawTests.ToTensor(v)).sum();
                // A gradient of constants has no derivative to ask for.
                var second = along.requires_grad ? autograd.grad([along], [leaf], retain_graph: true, allow_unused: true)[0] : null;
                Close(dual.Tangent.Tangent.Item, second is null
                    || second.IsInvalid ? 0 : (second * CarrierLawTests.ToTensor(u)).sum().ToDoubles()[0]);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void InFloat32ItIsFiniteForAnyOutputs(string text)
    {
        var family = Families.All.First(family => family.Text == text);
        using var scope = NewDisposeScope();
        var noise = CarrierLawTests.ToTensor(CarrierLawTests.Random(1, [Batch, family.Outputs])).to(ScalarType.Float32);
        TorchTensor x = CarrierLawTests.ToTensor(family.Support(CarrierLawTests.Random(2, [Batch, Family.Values], away: 0.1))).to(
            ScalarType.Float32);
        foreach (var size in new[] { 0f, 1e-30f, 1e-6f, 1, 30, 1e4f })
            foreach (var base_ in new[] { noise, noise.abs(), -noise.abs() })
            {
                var outputs = (base_ * size).detach().requires_grad_(true);
                var loss = family.Formulas.NegLogDensityPerValue(family.State(x, training: true), outputs, x).Tensor;
                loss.sum().backward();
                Assert.True(loss.isfinite().all().ToBoolean(), $"{text} at {size}");
                Assert.True(outputs.grad!.isfinite().all().ToBoolean(), $"gradient of {text} at {size}");
                Assert.True(family.Formulas.Mean<TorchTensor>(family.State(x), outputs).Tensor.isfinite().all().ToBoolean(),
                    $"mean of {text} at {size}");
            }
    }

    private static T Total<T>(Family family, bool ofMean, T outputs, T x) where T : struct, ITensor<T>
    {
        var each = ofMean ? family.Formulas.Mean(family.State(x), outputs)
            : family.Formulas.NegLogDensityPerValue(family.State(x), outputs, x);
        return T.Sum(T.SumEvent(T.Square(each)), 0);
    }

    private static void Close(double expected, double actual) =>
        Assert.InRange(Math.Abs(expected - actual), 0, 1e-8 * (1 + Math.Abs(expected)));
}
