using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Checks that ranks agree, on which the promise of equal bits rests, and gives them equal weights.</summary>
internal static class RankChecks
{
    private const long Chunk = 1 << 26;

    /// <summary>Checks that all ranks compute alike and on the same data.</summary>
    /// <exception cref="VaeException">A rank differs; every rank throws.</exception>
    public static void RequireAlike(RankGroup ranks, Experiment experiment, DataSplit data, string matmul)
    {
        if (ranks.Count == 1)
            return;
        var own = Processor() + $"; libtorch {NativeFolders.LibTorchVersion}, {matmul} matmul backend; data of {data.Train.Count} training, "
            + $"{data.Validation.Count} validation and {data.Test.Count} test examples{(data.Record is { } record ? $" ({record.Hash})" : "")}; "
            + $"experiment {Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(SpecJson.Write(experiment))))[..16]}";
        var all = ranks.Texts(own);
        var other = Array.FindIndex(all, text => text != all[0]);
        if (other > 0)
            throw new VaeException($"ranks: must all have the same processor, libraries, data and experiment to compute the same bits, "
                + $"got rank 0: {all[0]}; rank {other}: {all[other]}")
            { IsOfAllRanks = true };
    }

    /// <summary>Checks that the weights of all ranks have the same bits.</summary>
    /// <exception cref="VaeException">A rank differs; every rank throws.</exception>
    public static void RequireEqual(RankGroup ranks, Weights weights, long step)
    {
        if (ranks.Count == 1)
            return;
        var all = ranks.Gathered(Hash(weights.Flat));
        var other = Array.FindIndex(all, hash => hash != all[0]);
        if (other > 0)
            throw new VaeException($"ranks: must have the weights of rank 0 at step {step}, got others at rank {other} (a fault of memory "
                + "or processor, or unlike machines; the last checkpoint was kept, resume the run)")
            { IsOfAllRanks = true };
    }

    /// <summary>Copies the weights of rank 0 to all ranks.</summary>
    public static void Share(RankGroup ranks, Weights weights)
    {
        if (ranks.Count == 1)
            return;
        using var noGrad = no_grad();
        foreach (var tensor in weights.Layout.Where(parameter => !parameter.Trained).Select(parameter => weights[parameter.Name]))
            Share(ranks, tensor);
        Share(ranks, weights.Flat);
    }

    private static void Share(RankGroup ranks, Tensor tensor)
    {
        var flat = tensor.view(-1);
        for (var start = 0L; start < flat.numel(); start += Chunk)
        {
            using var scope = NewDisposeScope();
            var part = flat.narrow(0, start, Math.Min(Chunk, flat.numel() - start));
            var host = part.cpu();
            ranks.Broadcast(TensorData.Address(host), checked((int)(host.numel() * host.ElementSize)));
            if (host.Handle != part.Handle)
                part.copy_(host);
        }
    }

    private static ulong Hash(Tensor values)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var start = 0L; start < values.numel(); start += Chunk)
        {
            using var scope = NewDisposeScope();
            hash.AppendData(values.narrow(0, start, Math.Min(Chunk, values.numel() - start)).cpu().bytes);
        }
        return BitConverter.ToUInt64(hash.GetHashAndReset());
    }

    // Libraries choose their kernels by these.
    private static string Processor()
    {
        if (!X86Base.IsSupported)
            return $"{System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture} processor";
        var (signature, _, _, _) = X86Base.CpuId(1, 0);
        return $"processor {signature:x8} with {(Avx512F.IsSupported ? "AVX-512" : Avx2.IsSupported ? "AVX2" : "SSE")}";
    }
}
