using System.CommandLine;
using System.Globalization;
using Vae.Torch;

namespace Vae.Cli;

internal static class ImputeCommand
{
    private const string Forms = "left, right, upper or lower (that half is missing), random:P (each value is missing with probability P) or quadrants:N (all but N quadrants are missing)";

    private sealed record Imputed(int Examples, double Missing, double Error, double ErrorOfMean, int Rounds, double Accepted);

    public static Command Make(TextWriter output)
    {
        var command = new Command("impute",
            "Hide values of test examples, impute them from the others in rounds of encoding and decoding, report the "
                + "error, and save originals, observed values and imputations as one PNG.");
        var run = new RunChoice(command);
        var where = new DataChoice(command);
        var mask = new Option<string>("--mask") { Description = $"Missing values: {Forms}", DefaultValueFactory = _ => "random:0.5" };
        var count = Common.Count("Number of test examples; the picture shows the first 10", 200);
        var rounds = new Option<int>("--rounds")
        {
            Description = "Number of rounds; imputed values are means over the second half",
            DefaultValueFactory = _ => 100,
        };
        var method = new Option<string>("--method")
        {
            Description = "pseudo-gibbs, which accepts every sample from q(z|x), or metropolis, which corrects for an inexact q; an "
                + "autoencoder is deterministic",
            DefaultValueFactory = _ => "pseudo-gibbs",
        }.Checked(Method);
        var to = Common.Out("PNG file to write (default: imputed.png in the run folder)");
        foreach (Option option in new Option[] { mask, count, rounds, method, to })
            command.Add(option);
        command.SetAction((parsed, stop) => Task.Run(() =>
        {
            using var model = run.Model(parsed);
            var experiment = run.Folder(parsed).Experiment();
            if (parsed.GetValue(count) < 1)
                throw new VaeException($"count: must be at least 1, got {parsed.GetValue(count)}");
            var options = new ImputationOptions(parsed.GetValue(rounds), Method(parsed.GetRequiredValue(method)));
            var seed = parsed.GetValue(Common.Seed);
            var data = where.Load(parsed, experiment);
            var some = data.Test.Take([.. Enumerable.Range(0, Math.Min(parsed.GetValue(count), data.Test.Count))]);
            var imputation = Imputations.Impute(
                new(model, some, experiment.Data.Binarization, seed), Mask(parsed.GetRequiredValue(mask), some, seed),
                Imputations.MeanOf(data.Train), options, stop);
            var facts = new Imputed(
                some.Count, imputation.Missing, imputation.Error, imputation.StartError, options.Rounds, imputation.Accepted);
            Show(output, parsed.GetValue(Common.Json), run.Folder(parsed).Path, model.Spec, facts);
            Printing.ThrowUnlessFinite(facts, run.Folder(parsed).Path);
            if (RunPictures.CanShow(model.Spec.Input))
            {
                var path = parsed.GetValue(to) ?? run.Folder(parsed).File("imputed.png");
                StudyPictures.Imputations(imputation, model.Spec.Input).Save(path);
                Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            }
            return VaeCommand.Success;
        }, CancellationToken.None));
        return command;
    }

    private static void Show(TextWriter output, bool json, string run, VaeSpec model, Imputed facts)
    {
        Printing.Facts(output, json, facts, run);
        if (!json)
            output.WriteLine("root mean squared errors of the missing values; the mean is that of the training set"
                + (Posteriors.HasDensity(model.Posterior) ? "" : "; an autoencoder draws nothing: repeated reconstruction"));
    }

    private static ImputationMethod Method(string text) => text switch
    {
        "pseudo-gibbs" => ImputationMethod.PseudoGibbs,
        "metropolis" => ImputationMethod.Metropolis,
        _ => throw new VaeException($"method: must be pseudo-gibbs or metropolis, got {text}"),
    };

    private static NdArray Mask(string text, Dataset data, ulong seed)
    {
        var parts = text.Split(':');
        if (parts is ["random", var part] && double.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out var missing) && missing is > 0 and <= 1)
            return Masks.Random(data.Shape, data.Count, missing, KeyedRandom.FromSeed(seed));
        if (parts[0] != "random" && !data.Shape.IsImage)
            throw new VaeException($"mask: must be random:P for {data.Name}, whose examples are no images, got {text}");
        return parts switch
        {
            ["left"] => Masks.HideLeft(data.Shape),
            ["right"] => Masks.HideRight(data.Shape),
            ["upper"] => Masks.HideUpper(data.Shape),
            ["lower"] => Masks.HideLower(data.Shape),
            ["quadrants", "1" or "2" or "3"] => Conditions.Observed(Conditions.Quadrants(parts[1][0] - '0'), data.Shape),
            _ => throw new VaeException($"mask: must be {Forms}, with P in (0, 1] and N in 1 to 3, got {text}"),
        };
    }
}
