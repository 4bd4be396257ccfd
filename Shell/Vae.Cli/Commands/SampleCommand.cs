using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class SampleCommand
{
    // Draws for each example whose quadrants are shown.
    private const int Completed = 8;

    public static Command Make(TextWriter output)
    {
        var command = new Command("sample",
            "Draw samples from the prior, or from a distribution fitted to the codes of the training data, and save them "
                + "as one PNG. A model conditioned on more than a label takes the conditions of test examples.");
        var run = new RunChoice(command);
        var count = Common.Count("Number of samples", 64);
        var label = new Option<int>("--label")
        {
            Description = "Class to draw, for a conditional model (default: each in turn)",
            DefaultValueFactory = _ => -1,
        };
        var to = Common.Out("PNG file to write (default: samples.png in the run folder)");
        command.Add(count);
        command.Add(label);
        command.Add(to);
        var where = new DataChoice(command, isOfRun: true);
        var sampler = new SamplerChoice(command);
        command.SetAction(parsed =>
        {
            var isFitted = Samplers.IsFitted(sampler.Parse(parsed));
            using var model = run.Model(parsed);
            var path = parsed.GetValue(to) ?? run.Folder(parsed).File("samples.png");
            var experiment = run.Folder(parsed).Experiment();
            using var fitted = isFitted ? Fit(model, sampler.Parse(parsed), () => sampler.Fit(parsed, model, experiment, where.Load(parsed, run.Folder(parsed)).Train)) : null;
            (fitted is null
                ? Draw(model, experiment, parsed.GetValue(count), parsed.GetValue(Common.Seed), parsed.GetValue(label), () => where.Load(parsed, run.Folder(parsed)).Test)
                : RunPictures.Samples(fitted, parsed.GetValue(count), parsed.GetValue(Common.Seed), parsed.GetValue(label))).Save(path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }

    // What a model cannot have is said before its data is looked for.
    private static FittedSampler Fit(VaeModel model, Sampler sampler, Func<FittedSampler> fit)
    {
        VaeException.ThrowIfAny(Samplers.Problems(sampler, model.Spec));
        return fit();
    }

    private static Picture Draw(VaeModel model, Experiment experiment, int count, ulong seed, int label, Func<Dataset> test)
    {
        model.RequireDistribution("draws from the prior");
        if (!RunPictures.NeedsData(model.Spec.Condition))
            return RunPictures.Samples(model, count, seed, label);
        return Conditions.ShowsInput(model.Spec.Condition) && label < 0
            ? RunPictures.Completions(model, test(), experiment.Data.Binarization, Math.Max(1, count / Completed), model.Spec.Latent == 0 ? 1 : Completed, seed)
            : RunPictures.Samples(model, count, seed, label, test());
    }
}
