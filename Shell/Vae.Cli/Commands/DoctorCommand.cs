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
                + "condition; of a table also the columns whose distribution the model misses. Without a run, describe this machine.");
        var run = new Argument<string>("run") { Description = "Run folder", Arity = ArgumentArity.ZeroOrOne };
        var starts = new Option<bool>("--starts")
        {
            Description = "Also train the run's model briefly from each initialization, and compare the bounds",
        };
        command.Add(run);
        command.Add(starts);
        foreach (Option option in new Option[] { Common.Device, Common.Threads, Common.Json, Common.Seed })
            command.Add(option);
        var where = new DataChoice(command, isOfRun: true);
        command.SetAction(parsed =>
        {
            Devices.UseThreads(parsed.GetValue(Common.Threads));
            if (parsed.GetValue(run) is { } path)
                Diagnose(output, parsed, RunFolder.Open(path), where, parsed.GetValue(starts));
            else if (parsed.GetValue(starts))
                throw new VaeException("starts: must come with the folder of a run, whose model is trained, got none");
            else
                Printing.Facts(output, parsed.GetValue(Common.Json), Machine(), "this machine");
            return VaeCommand.Success;
        });
        return command;
    }

    private static void Diagnose(TextWriter output, ParseResult parsed, RunFolder folder, DataChoice where, bool starts)
    {
        using var model = folder.LoadModel(parsed.GetRequiredValue(Common.Device));
        var (experiment, data, seed) = (folder.Experiment(), where.Load(parsed, folder), parsed.GetValue(Common.Seed));
        Printing.Diagnosis(output, parsed.GetValue(Common.Json), folder.Path, Diagnoses.Diagnose(
            new(model, data.Test, experiment.Data.Binarization, seed), folder.History()));
        if (starts)
            DoctorStarts.Write(output, parsed.GetValue(Common.Json), experiment, data,
                new("", Device: parsed.GetRequiredValue(Common.Device), Threads: parsed.GetValue(Common.Threads)));
        if (!TableStudies.Covers(model.Spec, data.Test.Schema) || data.Test.Count == 0)
            return;
        using var sampler = TableStudies.Sampler(model, data.Train, seed);
        ColumnChecks.Write(output, parsed.GetValue(Common.Json), TableStudies.Check(model, data.Test, seed, sampler), sampler);
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
