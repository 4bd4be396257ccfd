namespace Vae.Torch.Tests;

/// <summary>What the environment says about ranks, libraries and devices.</summary>
public class RankChoiceTests
{
    [Theory]
    [InlineData("OMPI_COMM_WORLD_RANK=2 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=0", 2, 4, 0, "Open MPI")]
    [InlineData("PMI_RANK=1 PMI_SIZE=2", 1, 2, 1, "MPICH")]
    [InlineData("SLURM_PROCID=5 SLURM_STEP_NUM_TASKS=8 SLURM_LOCALID=1", 5, 8, 1, "Slurm")]
    [InlineData("RANK=0 WORLD_SIZE=2 LOCAL_RANK=0", 0, 2, 0, "torchrun")]
    [InlineData("VAE_RANK=1 VAE_RANKS=3 RANK=0 WORLD_SIZE=2", 1, 3, 1, "vae")]
    public void LaunchersSayWhichProcessThisIs(string variables, int rank, int count, int local, string launcher) =>
        Assert.Equal(new(rank, count, local, launcher), LauncherVariables.Find(Variable(variables)));

    // A batch script of Slurm without srun has no step, and an array job is not of ranks.
    [Theory]
    [InlineData("")]
    [InlineData("SLURM_PROCID=0 SLURM_NTASKS=4 SLURM_ARRAY_TASK_ID=3")]
    [InlineData("PMI_RANK=4 PMI_SIZE=4")]
    public void OtherVariablesSayNothing(string variables) => Assert.Null(LauncherVariables.Find(Variable(variables)));

    [Theory]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", "", "libmpi.so.40")]
    [InlineData("PMI_SIZE=4", "", "libmpi_abi.so.1")]
    [InlineData("", "", "libmpi_abi.so.1")]
    [InlineData("OMPI_COMM_WORLD_SIZE=4", "/opt/mpi/libmpi.so", "/opt/mpi/libmpi.so")]
    public void ThePreferredLibraryIsTheLaunchers(string variables, string asked, string first) =>
        Assert.Equal(first, MpiLibraries.Names(asked, Variable(variables))[0]);

    [Fact]
    public void AnotherLaunchersLibraryIsNotTried()
    {
        Assert.DoesNotContain("libmpich.so.12", MpiLibraries.Names("", Variable("OMPI_COMM_WORLD_SIZE=4")));
        Assert.DoesNotContain("libmpi.so.40", MpiLibraries.Names("", Variable("PMI_SIZE=4")));
    }

    [Theory]
    [InlineData("cuda", 4, 1, 2, "cuda:1")]
    [InlineData("cuda", 4, 2, 2, "cuda:0")]
    [InlineData("cuda", 1, 0, 2, "cuda")]
    [InlineData("cuda:1", 4, 0, 2, "cuda:1")]
    [InlineData("cpu", 4, 1, 2, "cpu")]
    public void RanksTakeTheGpusInTurn(string device, int ranks, int local, int gpus, string expected) =>
        Assert.Equal(expected, RankDevices.Name(device, ranks, local, gpus));

    [Theory]
    [InlineData(true, 4, 2, 2, true, true)]
    [InlineData(true, 4, 4, 2, true, false)]
    [InlineData(true, 4, 2, 2, false, false)]
    [InlineData(false, 4, 2, 2, true, false)]
    [InlineData(true, 1, 1, 1, true, false)]
    public void NcclNeedsAGpuForEachRank(bool cuda, int ranks, int perMachine, int gpus, bool found, bool uses) =>
        Assert.Equal(uses, RankDevices.UsesNccl(cuda, ranks, perMachine, gpus, found));

    [Theory]
    [InlineData("some", "ranks: must be auto, none, mpi, mpi:LIBRARY or tcp:HOST:PORT, got some")]
    [InlineData("tcp:node", "ranks: must be tcp:HOST:PORT, as tcp:node1:29500, got tcp:node")]
    [InlineData("mpi:/no/libmpi.so", "looked for /no/libmpi.so, got none")]
    public void OtherTextsAreRefused(string text, string expected) => Assert.Contains(
        expected, Assert.Throws<VaeException>(() => Torch.Ranks.Parse(text)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, "1")]
    [InlineData(2, "1 2")]
    [InlineData(4, "1 2 4")]
    [InlineData(6, "1 3 6")]
    [InlineData(12, "1 3 6 12")]
    public void RanksDivideShardsIntoSubtrees(int shards, string counts) =>
        Assert.Equal(counts, string.Join(' ', ShardCounts.Possible(shards)));

    private static Func<string, string?> Variable(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(p => p[0], p => p[1])
            .GetValueOrDefault;
}
