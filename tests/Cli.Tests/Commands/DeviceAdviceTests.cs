using System.Diagnostics;

namespace Vae.Cli.Tests;

/// <summary>What messages about a device that is not there advise is followed, and helps.</summary>
public sealed class DeviceAdviceTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    private Called Train(params string[] more) => Cli.Call(["train", .. Cli.Tiny, "--out", cli.Path("run"), .. more]);

    [Fact]
    public void WithoutAGpuTheProcessorIsNamed()
    {
        if (TorchSharp.torch.cuda.is_available())
            return;
        var refused = Train("--device", "cuda");
        Assert.Equal((VaeCommand.BadInput, "vae: device: cuda needs an NVIDIA GPU and the CUDA backend (build with "
            + "-p:TorchBackend=cuda-linux or cuda-windows, or add that TorchSharp package; cpu needs neither), got none"),
            (refused.Code, refused.Error.Trim()));
        Assert.Equal(0, Train("--device", "cpu").Code);
    }

    [Fact]
    public void WithoutAGpuProductsAreNotRounded()
    {
        var refused = Train("--device", "cpu", "--precision", "tf32");
        Assert.Equal((VaeCommand.BadInput, "vae: precision: tf32 needs an NVIDIA GPU, which can round products to it (--device cuda), "
            + "got cpu (ask for f32)"), (refused.Code, refused.Error.Trim()));
        Assert.Equal(0, Train("--precision", "f32").Code);
    }

    [Theory]
    [InlineData("cuda-linux")]
    [InlineData("cuda-windows")]
    public void TheBackendThatTheMessageNamesIsOneOfTheBuild(string backend)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", Path.Combine(ReadmeTests.Repository, "Shell/Vae.Cli/Vae.Cli.csproj"),
            $"-p:TorchBackend={backend}", "-getItem:PackageReference", "-nologo"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        var packages = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        Assert.Contains($"\"TorchSharp-{backend}\"", packages, StringComparison.Ordinal);
        Assert.DoesNotContain("libtorch-cpu", packages, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cpu", 0, "")]
    [InlineData("cuda", 1, "")]
    [InlineData("cuda:1", 2, "")]
    [InlineData("cuda:2", 2, "device: must be one of cuda:0 to cuda:1, the GPUs of this machine, got cuda:2")]
    [InlineData("cuda:1", 1, "device: must be cuda or cuda:0, the GPU of this machine, got cuda:1")]
    [InlineData("gpu", 1, "device: must be cpu, cuda or cuda:N, got gpu")]
    public void AGpuIsOneOfTheMachine(string name, int gpus, string message)
    {
        void Ask() => Devices.RequireDevice(name, () => gpus);
        if (message.Length == 0)
            Ask();
        else
            Assert.Equal(message, Assert.Throws<VaeException>(Ask).Message);
    }
}
