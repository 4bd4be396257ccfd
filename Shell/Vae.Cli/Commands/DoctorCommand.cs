using System.CommandLine;
using System.Runtime.InteropServices;
using TorchSharp;
using Vae.Torch;

namespace Vae.Cli;

internal static class DoctorCommand
{
    private sealed record Health(
        string Torch, string Runtime, string System, int Processors, int Threads, bool Cuda, string Matmul, string MatmulReason,
        double? GflopsDefault, double? GflopsOneDnn, double? MatmulError, string Mpi);

    public static Command Make(TextWriter output)
    {
        var command = new Command("doctor",
            "Diagnose a run: KL and activity of each latent dimension, posterior collapse, gap to the prior, use of the "
                + "condition. Without a run, describe this machine.");
        var run = new Argument<string>("run") { Description = "Run folder", Arity = ArgumentArity.ZeroOrOne };
        command.Add(run);
        foreach (Option option in new Option[] { Common.Device, Common.Threads, Common.Json, Common.Seed })
            command.Add(option);
        var where = new DataChoice(command, isOfRun: true);
        command.SetAction(parsed =>
        {
            Devices.UseThreads(parsed.GetValue(Common.Threads));
            if (parsed.GetValue(run) is not { } path)
                Printing.Facts(output, parsed.GetValue(Common.Json), Machine(), "this machine");
            else
                Printing.Diagnosis(output, parsed.GetValue(Common.Json), path, Diagnose(parsed, RunFolder.Open(path), where));
            return VaeCommand.Success;
        });
        return command;
    }

    private static Diagnosis Diagnose(ParseResult parsed, RunFolder folder, DataChoice where)
    {
        using var model = folder.LoadModel(parsed.GetRequiredValue(Common.Device));
        var experiment = folder.Experiment();
        return Diagnoses.Diagnose(
            new(model, where.Load(parsed, folder).Test, experiment.Data.Binarization, parsed.GetValue(Common.Seed)), folder.History());
    }

    private static Health Machine()
    {
        var backend = MatmulBackends.Choose();
        return new(
            TorchRuntime.Description, RuntimeInformation.FrameworkDescription,
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
            Environment.ProcessorCount, torch.get_num_threads(), torch.cuda.is_available(), backend.Name, backend.Reason,
            Known(backend.DefaultSpeed), Known(backend.OneDnnSpeed), Known(backend.Error),
            MpiLibraries.Describe(Environment.GetEnvironmentVariable));
    }

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}
