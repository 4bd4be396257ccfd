using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Which device a rank computes on, and how gradients on it are moved.</summary>
internal static class RankDevices
{
    /// <summary>The device of a rank: <c>cuda</c> is a GPU for each rank of a machine, in turn; another name means itself.</summary>
    /// <param name="device">The name that was asked for.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="local">The number of the rank on its machine.</param>
    /// <param name="gpus">Number of GPUs of the machine.</param>
    public static string Name(string device, int ranks, int local, int gpus) =>
        device == "cuda" && ranks > 1 && gpus > 1 ? $"cuda:{local % gpus}" : device;

    /// <summary>Whether NCCL moves gradients: two ranks of one GPU are refused by it, and are staged on the host.</summary>
    /// <param name="isCuda">Whether the ranks compute on CUDA.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="perMachine">The greatest number of ranks of a machine.</param>
    /// <param name="gpus">Number of GPUs of a machine.</param>
    /// <param name="isFound">Whether NCCL is installed.</param>
    public static bool UsesNccl(bool isCuda, int ranks, int perMachine, int gpus, bool isFound) =>
        isCuda && ranks > 1 && perMachine <= gpus && isFound;

    /// <summary>The group that moves gradients on a device; dispose it if it is another than the given one.</summary>
    public static RankGroup ForGradients(RankGroup ranks, Device device)
    {
        if (device.type != DeviceType.CUDA || ranks.Count == 1)
            return ranks;
        var isFound = NativeLibrary.TryLoad("libnccl.so.2", out var library);
        var perMachine = 1 + ranks.Gathered(Ranks.Launched?.LocalRank ?? ranks.Rank).Max();
        // All or none: a rank without NCCL would wait for ever.
        var uses = ranks.Gathered(UsesNccl(true, ranks.Count, perMachine, cuda.device_count(), isFound) ? 1 : 0).Min() == 1;
        return uses ? new NcclRanks(ranks, library, Math.Max(device.index, 0)) : ranks;
    }
}
