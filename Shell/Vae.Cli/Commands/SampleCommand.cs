using System.CommandLine;
using System.Globalization;
using TorchSharp;
using Vae.Torch;

namespace Vae.Cli;

internal static class SampleCommand
{
    // Draws per example, for a model conditioned on quadrants.
    private const int Completed = 8;

    private sealed record Conditioned(double EffectiveSize, int Rows);

    private sealed record Asked(string Path, int Count, int Label, bool IsMean, string? Given);

    public static Command Make(TextWriter output)
    {
        var command = new Command("sample",
            "Draw samples from the prior, or from a distribution fitted to the codes of the training data: rows of a table in its columns, "
                + "units and words, or images as one PNG. A model conditioned on more than a label takes the conditions of test examples.");
        var run = new RunChoice(command);
        var count = Common.Count("Number of samples", 64);
        var label = new Option<int>("--label")
        {
            Description = "Class to draw, for a conditional model (default: each in turn)",
            DefaultValueFactory = _ => -1,
        };
        var mean = new Option<bool>("--mean")
        {
            Description = "Write the prediction for each code instead of a draw from p(x|z); PNGs show means",
        };
        var given = new Option<string>("--given")
        {
            Description = "Conditions on the columns of a table, as in job=nurse,age>60; "
                + "rows are drawn by importance weights, and the effective "
                + $"sample size is reported, which must be at least {ConditionalRows.MinEffective}",
        };
        var to = Common.Out($"File to write: .png, {AnswerFiles.Forms} (default: samples.png in the run folder)")
            .Checked(AnswerFiles.RowsOrPicture);
        foreach (Option option in new Option[] { count, label, mean, given, to })
            command.Add(option);
        var where = new DataChoice(command, isOfRun: true);
        var sampler = new SamplerChoice(command);
        command.SetAction(parsed =>
        {
            _ = sampler.Parse(parsed);
            using var model = run.Model(parsed);
            var (folder, experiment) = (run.Folder(parsed), run.Folder(parsed).Experiment());
            var asked = new Asked(parsed.GetValue(to) ?? folder.File("samples.png"), parsed.GetValue(count), parsed.GetValue(label),
                parsed.GetValue(mean), parsed.GetValue(given));
            MemoryLimits.RequireDraws(model.Spec, asked.Count);
            Dataset Test() => where.Load(parsed, folder).Test;
            var isTable = experiment.Data.Schema.IsTable && AnswerFiles.IsRows(asked.Path);
            var chosen = sampler.Parse(parsed, model.Spec, isTable);
            using var fitted = Samplers.IsFitted(chosen)
                ? Fit(model, chosen, !sampler.IsSet(parsed), () => model.Fit(
                    chosen, where.Load(parsed, folder).Train, experiment.Data.Binarization, parsed.GetValue(Common.Seed)))
                : null;
            if (asked.Given is not null && (!AnswerFiles.IsRows(asked.Path) || model.Spec.Condition is not Condition.None))
                throw new VaeException($"given: must be with an --out that ends with {AnswerFiles.Forms} "
                    + $"and a model without a condition, got {asked.Given}");
            if (AnswerFiles.IsRows(asked.Path))
                WriteRows(output, parsed, new(model, experiment, fitted, Test), asked);
            else
                (fitted is null ? Draw(model, experiment, asked, parsed.GetValue(Common.Seed), Test)
                    : RunPictures.Samples(fitted, asked.Count, parsed.GetValue(Common.Seed), asked.Label)).Save(asked.Path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), asked.Path);
            return VaeCommand.Success;
        });
        return command;
    }

    /// <summary>What rows are drawn from.</summary>
    private sealed record Source(VaeModel Model, Experiment Experiment, FittedSampler? Fitted, Func<Dataset> Test);

    private static void WriteRows(TextWriter output, ParseResult parsed, Source source, Asked asked)
    {
        var (model, schema) = (source.Model, source.Experiment.Data.Schema);
        var request = new RowRequest(asked.Count, parsed.GetValue(Common.Seed), asked.IsMean);
        var shape = Likelihoods.MeanShape(model.Spec.Likelihood, model.Spec.Input);
        if (asked.Given is { } given)
        {
            VaeException.Require(asked.Count >= 1, "count", "must be at least 1", asked.Count);
            var drawn = ConditionalRows.Draw(model, request, GivenText.Parse(given, schema), source.Fitted);
            AnswerFiles.WriteExamples(asked.Path, new(schema, shape, drawn.Values));
            if (parsed.GetValue(Common.Json))
                Printing.Line(output, new Conditioned(drawn.EffectiveSize, asked.Count));
            else
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{asked.Count:N0} rows that meet {given}, with an effective sample size of {drawn.EffectiveSize:N0}"));
            return;
        }
        var (condition, labels) = ConditionOf(source, asked);
        var values = RowDraws.Draw(model, request, condition, source.Fitted);
        AnswerFiles.WriteExamples(asked.Path, new(schema, shape, values) { Labels = labels });
    }

    // Labels in turn, or the conditions of test examples.
    private static (torch.Tensor? Condition, ValueList<string> Labels) ConditionOf(Source source, Asked asked)
    {
        var (spec, device) = (source.Model.Spec, source.Model.Device);
        if (asked.Label >= 0 && spec.Condition is not Condition.Label)
            throw new VaeException($"label: must be left out for a model whose condition is no label, got {asked.Label}");
        if (spec.Condition is Condition.None)
            return (null, []);
        if (spec.Condition is Condition.Label l)
        {
            int[] labels = [.. Enumerable.Range(0, asked.Count).Select(i => asked.Label < 0 ? i % l.Classes : asked.Label)];
            var names = source.Experiment.Data.Schema.Columns.Select(column => column.Kind)
                .OfType<ColumnKind.Label>().FirstOrDefault()?.Classes;
            return (ConditionRows.OneHot(labels, l.Classes, "label").ToTensor(device, asked.Count, l.Classes),
                ValueList.From(labels.Select(label => names is null ? label.ToString(CultureInfo.InvariantCulture) : names[label])));
        }
        var like = source.Test();
        like = like.Take([.. Enumerable.Range(0, asked.Count).Select(i => i % like.Count)]);
        using var batches = new BatchSource(like, spec.Condition, source.Experiment.Data.Binarization, asked.Count, 0, device);
        return (batches.At(0, Purpose.EvaluateBinarize, 0).Condition?.clone(), []);
    }

    // What a model cannot have is said before its data is looked for.
    private static FittedSampler Fit(VaeModel model, Sampler sampler, bool isDefault, Func<FittedSampler> fit)
    {
        VaeException.ThrowIfAny(Samplers.Problems(sampler, model.Spec));
        try
        {
            return fit();
        }
        catch (VaeException e) when (isDefault)
        {
            throw new VaeException($"{e.Message} (rows of a table are drawn from {Samplers.Name(sampler)}, fitted to the codes of the "
                + "run's training rows; --sampler prior needs none)", e);
        }
    }

    private static Picture Draw(VaeModel model, Experiment experiment, Asked asked, ulong seed, Func<Dataset> test)
    {
        var (count, label) = (asked.Count, asked.Label);
        model.RequireDistribution("draws from the prior");
        if (!RunPictures.NeedsData(model.Spec.Condition))
            return RunPictures.Samples(model, count, seed, label);
        if (!Conditions.ShowsInput(model.Spec.Condition) || label >= 0)
            return RunPictures.Samples(model, count, seed, label, test());
        var draws = model.Spec.Latent == 0 ? 1 : Completed;
        return RunPictures.Completions(model, test(), experiment.Data.Binarization, Math.Max(1, count / Completed), draws, seed);
    }
}
