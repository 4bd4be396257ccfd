using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>
/// Ranks with a GPU each: gradients move between GPUs by NCCL on torch's own stream, all else by another group. The sum stays ours, so
/// its bits do not depend on NCCL's algorithms.
/// </summary>
internal sealed unsafe class NcclRanks : RankGroup
{
    private const int Byte = 0;

    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct UniqueId;

    private readonly RankGroup words;
    private readonly nint library, communicator;
    private readonly int device;
    private readonly delegate* unmanaged<nint, nint, nuint, int, nint, nint, int> allGather;
    private readonly delegate* unmanaged<nint, nuint, int, int, nint, nint, int> send, receive;
    private readonly delegate* unmanaged<int> start, end;
    private readonly delegate* unmanaged<int, nint*, int> currentStream;

    /// <summary>Joins the GPUs of all ranks.</summary>
    /// <param name="words">The group by which the ranks know each other.</param>
    /// <param name="library">NCCL.</param>
    /// <param name="device">The index of this rank's GPU.</param>
    public NcclRanks(RankGroup words, nint library, int device)
    {
        (this.words, this.library, this.device) = (words, library, device);
        allGather = (delegate* unmanaged<nint, nint, nuint, int, nint, nint, int>)Export("ncclAllGather");
        send = (delegate* unmanaged<nint, nuint, int, int, nint, nint, int>)Export("ncclSend");
        receive = (delegate* unmanaged<nint, nuint, int, int, nint, nint, int>)Export("ncclRecv");
        start = (delegate* unmanaged<int>)Export("ncclGroupStart");
        end = (delegate* unmanaged<int>)Export("ncclGroupEnd");
        currentStream = (delegate* unmanaged<int, nint*, int>)NativeLibrary.GetExport(
            NativeLibrary.Load("libtorch_cuda.so"), "aoti_torch_get_current_cuda_stream");
        UniqueId id = default;
        if (words.Rank == 0)
            Check("ncclGetUniqueId", ((delegate* unmanaged<UniqueId*, int>)Export("ncclGetUniqueId"))(&id));
        id = words.Agreed(id);
        communicator = Join(id);
    }

    public override int Rank => words.Rank;

    public override int Count => words.Count;

    public override string Name => $"NCCL and {words.Name}";

    internal override bool IsOnDevice => true;

    public override void Abort(int code) => words.Abort(code);

    // The other group belongs to whoever created it.
    public override void Dispose() => _ = ((delegate* unmanaged<nint, int>)Export("ncclCommDestroy"))(communicator);

    private protected override void MoveToAll(nint from, nint into, int each)
    {
        var stream = Stream();
        Check("ncclGroupStart", start());
        for (var rank = 0; rank < Count; rank++)
        {
            Check("ncclSend", send(from + (nint)rank * each, (nuint)each, Byte, rank, communicator, stream));
            Check("ncclRecv", receive(into + (nint)rank * each, (nuint)each, Byte, rank, communicator, stream));
        }
        Check("ncclGroupEnd", end());
    }

    private protected override void MoveGathered(nint from, nint into, int each) =>
        Check("ncclAllGather", allGather(from, into, (nuint)each, Byte, communicator, Stream()));

    private protected override void MoveFromFirst(nint bytes, int length) => words.Broadcast(bytes, length);

    // NCCL takes the current device, which torch sets for its own calls only.
    private nint Join(UniqueId id)
    {
        nint joined, guard, torch = NativeLibrary.Load("libtorch_cuda.so");
        Check("aoti_torch_create_cuda_guard",
            ((delegate* unmanaged<int, nint*, int>)NativeLibrary.GetExport(torch, "aoti_torch_create_cuda_guard"))(device, &guard));
        Check("ncclCommInitRank",
            ((delegate* unmanaged<nint*, int, UniqueId, int, int>)Export("ncclCommInitRank"))(&joined, words.Count, id, words.Rank));
        Check("aoti_torch_delete_cuda_guard",
            ((delegate* unmanaged<nint, int>)NativeLibrary.GetExport(torch, "aoti_torch_delete_cuda_guard"))(guard));
        return joined;
    }

    private nint Stream()
    {
        nint stream;
        Check("aoti_torch_get_current_cuda_stream", currentStream(device, &stream));
        return stream;
    }

    private nint Export(string name) => NativeLibrary.GetExport(library, name);

    private static void Check(string function, int code)
    {
        if (code != 0)
            throw new VaeException($"ranks: NCCL must move the gradients between GPUs, got error {code} of {function}");
    }
}
