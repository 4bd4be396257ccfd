using TorchSharp;

namespace Vae.Torch;

/// <summary>The options of a run as they are on one of its ranks.</summary>
internal static class RankOptions
{
    /// <summary>
    /// Options with the rank's own GPU and its share of the machine's threads, where they are not given, and with the matmul backend that
    /// rank 0 finds the fastest: backends differ in the last bits. With one rank, they stay as they are.
    /// </summary>
    public static RunOptions Of(RunOptions options, RankGroup ranks)
    {
        if (ranks.Count == 1)
            return options;
        var local = Ranks.Launched?.LocalRank ?? ranks.Rank;
        var perMachine = 1 + ranks.Gathered(local).Max();
        return options with
        {
            Threads = options.Threads != 0 ? options.Threads : Math.Max(1, Environment.ProcessorCount / perMachine),
            Device = options.Device == "cuda" && torch.cuda.is_available()
                ? RankDevices.Name(options.Device, ranks.Count, local, torch.cuda.device_count()) : options.Device,
            Matmul = options.Matmul == "auto" && !options.Resume ? Fastest(ranks) : options.Matmul,
        };
    }

    private static string Fastest(RankGroup ranks)
    {
        var own = ranks.Rank == 0 ? MatmulBackends.Names.ToList().IndexOf(MatmulBackends.Choose().Name) : 0;
        return MatmulBackends.Names[ranks.Agreed(own)];
    }
}
