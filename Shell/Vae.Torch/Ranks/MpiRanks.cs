using System.Runtime.InteropServices;

namespace Vae.Torch;

/// <summary>
/// Ranks by MPI, through eleven of its functions. The handles of all ABIs fit a machine word, and a callee that takes an int reads its
/// lower half, so one signature calls all of them.
/// </summary>
internal sealed unsafe class MpiRanks : RankGroup
{
    private const int MaxText = 8192;

    private readonly nint library, world, bytes;
    private readonly delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int> allToAll, allGather;
    private readonly delegate* unmanaged<nint, int, nint, int, nint, int> broadcast;
    private readonly delegate* unmanaged<nint, int, int> abort;

    public MpiRanks(MpiLibrary from)
    {
        library = from.Handle;
        (world, bytes, var errorsReturn, var serialized) = from.Abi switch
        {
            MpiAbi.OpenMpi => (Export("ompi_mpi_comm_world"), Export("ompi_mpi_byte"), Export("ompi_mpi_errors_return"), 2),
            MpiAbi.Mpich => (0x44000000, 0x4c00010d, 0x54000001, 2),
            _ => ((nint)0x101, (nint)0x247, (nint)0x142, 2048),
        };
        allToAll = (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int>)Export("MPI_Alltoall");
        allGather = (delegate* unmanaged<nint, int, nint, nint, int, nint, nint, int>)Export("MPI_Allgather");
        broadcast = (delegate* unmanaged<nint, int, nint, int, nint, int>)Export("MPI_Bcast");
        abort = (delegate* unmanaged<nint, int, int>)Export("MPI_Abort");
        int provided, rank, size;
        Check("MPI_Init_thread",
            ((delegate* unmanaged<int*, byte***, int, int*, int>)Export("MPI_Init_thread"))(null, null, serialized, &provided));
        Check("MPI_Comm_rank", ((delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_rank"))(world, &rank));
        Check("MPI_Comm_size", ((delegate* unmanaged<nint, int*, int>)Export("MPI_Comm_size"))(world, &size));
        Check("MPI_Comm_set_errhandler",
            ((delegate* unmanaged<nint, nint, int>)Export("MPI_Comm_set_errhandler"))(world, errorsReturn));
        (Rank, Count, Name) = (rank, size, Version(from));
    }

    public override int Rank { get; }

    public override int Count { get; }

    public override string Name { get; }

    /// <summary>The library's version in one line; may be asked before MPI is initialized.</summary>
    public static string Version(MpiLibrary from)
    {
        var text = stackalloc byte[MaxText];
        int length = 0;
        var version = (delegate* unmanaged<byte*, int*, int>)NativeLibrary.GetExport(from.Handle, "MPI_Get_library_version");
        if (version(text, &length) != 0)
            return from.Name;
        // Open MPI: "Open MPI v4.1.4, package: …"; MPICH: "MPICH Version:\t4.0.2" and further lines.
        var lines = Marshal.PtrToStringUTF8((nint)text, Math.Min(length, MaxText)).TrimEnd('\0').Split('\n');
        return lines[0].Split(", package")[0].Replace(" Version:\t", " ", StringComparison.Ordinal).Trim();
    }

    public override void Abort(int code) => _ = abort(world, code);

    public override void Dispose() => _ = ((delegate* unmanaged<int>)Export("MPI_Finalize"))();

    private protected override void MoveToAll(nint from, nint into, int each) =>
        Check("MPI_Alltoall", allToAll(from, each, bytes, into, each, bytes, world));

    private protected override void MoveGathered(nint from, nint into, int each) =>
        Check("MPI_Allgather", allGather(from, each, bytes, into, each, bytes, world));

    private protected override void MoveFromFirst(nint values, int length) =>
        Check("MPI_Bcast", broadcast(values, length, bytes, 0, world));

    private nint Export(string name) => NativeLibrary.GetExport(library, name);

    private void Check(string function, int code)
    {
        if (code == 0)
            return;
        var text = stackalloc byte[MaxText];
        int length = 0;
        _ = ((delegate* unmanaged<int, byte*, int*, int>)Export("MPI_Error_string"))(code, text, &length);
        throw new VaeException($"ranks: MPI must move the bytes of all ranks, got {function}: "
            + Marshal.PtrToStringUTF8((nint)text, Math.Min(length, MaxText)));
    }
}
