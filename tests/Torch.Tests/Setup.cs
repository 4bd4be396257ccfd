using System.Runtime.CompilerServices;

[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Vae.Torch.Tests;

internal static class Setup
{
    [ModuleInitializer]
    internal static void LoadTorch() => TorchRuntime.Load();
}
