using TorchSharp;

namespace Vae.Torch.Tests;

public class RouteTests
{
    [Theory]
    [InlineData(StepRoute.Auto, DeviceType.CPU, StepRoute.Compiled)]
    [InlineData(StepRoute.Auto, DeviceType.CUDA, StepRoute.Compiled)]
    [InlineData(StepRoute.Auto, DeviceType.MPS, StepRoute.Autograd)]
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
    public void WhatIsNotCoveredIsLeftToAutogradOnEveryDevice()
    {
        foreach (var device in new[] { DeviceType.CPU, DeviceType.CUDA, DeviceType.MPS })
            Assert.Equal(StepRoute.Autograd, TrainingSteps.Route(StepRoute.Auto, device, "covers less"));
        Assert.Equal("route: compiled covers less (ask for autograd)",
            Assert.Throws<VaeException>(() => TrainingSteps.Route(StepRoute.Compiled, DeviceType.CUDA, "covers less")).Message);
    }

    [Theory]
    [InlineData(StepRoute.Compiled, Precision.TensorFloat32, DeviceType.CPU,
        "precision: tf32 needs an NVIDIA GPU, which can round products to it (RunOptions.Device=cuda), got cpu (ask for f32)")]
    [InlineData(StepRoute.Autograd, Precision.BFloat16, DeviceType.CUDA, "precision: bf16 needs the compiled step, got autograd")]
    [InlineData(StepRoute.Autograd, Precision.TensorFloat32, DeviceType.CUDA, "")]
    [InlineData(StepRoute.Compiled, Precision.TensorFloat32, DeviceType.CUDA, "")]
    [InlineData(StepRoute.Compiled, Precision.BFloat16, DeviceType.CUDA, "")]
    public void EachPrecisionHasItsPlaces(StepRoute route, Precision precision, DeviceType device, string problem) =>
        Assert.Equal(problem, Record.Exception(() => TrainingSteps.ThrowIfImpossible(route, precision, device))?.Message ?? "");

    [Fact]
    public void ARunOnTheCpuLeavesTensorFloat32Alone()
    {
        var before = (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32);
        Devices.PermitTensorFloat32(torch.CPU, !before.Item1);
        Assert.Equal(before, (torch.backends.cuda.matmul.allow_tf32, torch.backends.cudnn.allow_tf32));
    }

    [Fact]
    public void TheLearningRateStaysOnTheHost()
    {
        using var model = new VaeModel(Samples.Tiny.Model, 1);
        using var state = new OptimizerState(model.Weights);
        Assert.Equal((DeviceType.CPU, torch.ScalarType.Float64), (state.Rate.device_type, state.Rate.dtype));
    }
}
