using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class SampleCommand
{
    // Draws for each example whose quadrants are shown.
    private const int Completed = 8;

    public static Command Make(TextWriter output)
    {
        var command = new Command("sample", "Draw from the prior, decode, and write the pictures as one PNG; where the model is conditioned on more than a label, for the conditions of test examples.");
        var run = new RunChoice(command);
        var count = new Option<int>("--count") { Description = "How many", DefaultValueFactory = _ => 64 };
        var label = new Option<int>("--label") { Description = "The class asked for, of a conditional model (default: each in turn)", DefaultValueFactory = _ => -1 };
        var to = new Option<string>("--out") { Description = "The PNG to write (default: samples.png in the run folder)" };
        command.Add(count);
        command.Add(label);
        command.Add(to);
        var where = new DataChoice(command);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var path = parsed.GetValue(to) ?? run.Folder(parsed).File("samples.png");
            Draw(model, run.Folder(parsed).Experiment(), parsed.GetValue(count), parsed.GetValue(Common.Seed), parsed.GetValue(label), experiment => where.Load(parsed, experiment).Test).Save(path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }

    private static Picture Draw(VaeModel model, Experiment experiment, int count, ulong seed, int label, Func<Experiment, Dataset> test)
    {
        model.RequireDistribution("draws from the prior");
        if (!RunPictures.NeedsData(model.Spec.Condition))
            return RunPictures.Samples(model, count, seed, label);
        return Conditions.ShowsInput(model.Spec.Condition) && label < 0
            ? RunPictures.Completions(model, test(experiment), experiment.Data.Binarization, Math.Max(1, count / Completed), model.Spec.Latent == 0 ? 1 : Completed, seed)
            : RunPictures.Samples(model, count, seed, label, test(experiment));
    }
}
