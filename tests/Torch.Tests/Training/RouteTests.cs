using TorchSharp;

namespace Vae.Torch.Tests;

public class RouteTests
{
    [Theory]
    [InlineData(StepRoute.Auto, DeviceType.CPU, StepRoute.Compiled)]
    [InlineData(StepRoute.Auto, DeviceType.CUDA, StepRoute.Autograd)]
    [InlineData(StepRoute.Compiled, DeviceType.CPU, StepRoute.Compiled)]
    [InlineData(StepRoute.Compiled, DeviceType.CUDA, StepRoute.Compiled)]
    [InlineData(StepRoute.Autograd, DeviceType.CPU, StepRoute.Autograd)]
    [InlineData(StepRoute.Autograd, DeviceType.CUDA, StepRoute.Autograd)]
    [InlineData(StepRoute.Autograd, DeviceType.MPS, StepRoute.Autograd)]
    public void EachDeviceHasItsRoute(StepRoute asked, DeviceType device, StepRoute taken) =>
        Assert.Equal(taken, TrainingSteps.Route(asked, device));

    [Fact]
    public void OtherDevicesAreRefused() => Assert.Contains(
        "route: compiled runs on cpu and cuda only, got MPS",
        Assert.Throws<VaeException>(() => TrainingSteps.Route(StepRoute.Compiled, DeviceType.MPS)).Message, StringComparison.Ordinal);

    [Fact]
    public void TheLearningRateStaysOnTheHost()
    {
        using var model = new VaeModel(Samples.Tiny.Model, 1);
        using var state = new OptimizerState(model.Weights);
        Assert.Equal((DeviceType.CPU, torch.ScalarType.Float64), (state.Rate.device_type, state.Rate.dtype));
    }
}
