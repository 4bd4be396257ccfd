using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Vae.Cli.Tests;

/// <summary>The command as processes that run together.</summary>
internal static class RankProcesses
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);

    /// <summary>Whether this machine has Open MPI's launcher.</summary>
    public static bool HasMpi { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, "mpirun")));

    /// <summary>Runs the command on ranks by <c>mpirun</c>.</summary>
    public static Called Mpi(int count, params string[] args)
    {
        var start = Start("mpirun", [
            "--oversubscribe", "-n", count.ToString(CultureInfo.InvariantCulture), "dotnet", Vae, .. args]);
        start.Environment["OMPI_ALLOW_RUN_AS_ROOT"] = start.Environment["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1";
        return Wait(Process.Start(start)!);
    }

    /// <summary>Runs the command on ranks by TCP; the results in the order of the ranks.</summary>
    public static Called[] Tcp(int count, params string[] args) => [.. StartTcp(count, args).Select(Wait)];

    /// <summary>Starts the command on ranks by TCP.</summary>
    public static Process[] StartTcp(int count, params string[] args)
    {
        var port = FreePort();
        return [.. Enumerable.Range(0, count).Select(rank =>
        {
            var start = Start("dotnet", [Vae, .. args, "--ranks", $"tcp:127.0.0.1:{port}"]);
            start.Environment["VAE_RANK"] = rank.ToString(CultureInfo.InvariantCulture);
            start.Environment["VAE_RANKS"] = count.ToString(CultureInfo.InvariantCulture);
            return Process.Start(start)!;
        })];
    }

    public static Called Wait(Process process)
    {
        using (process)
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
            Assert.True(process.WaitForExit(Patience));
            return new(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
        }
    }

    private static string Vae => Path.Combine(AppContext.BaseDirectory, "vae.dll");

    private static ProcessStartInfo Start(string command, IEnumerable<string> args) =>
        new(command, args) { RedirectStandardOutput = true, RedirectStandardError = true };

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
