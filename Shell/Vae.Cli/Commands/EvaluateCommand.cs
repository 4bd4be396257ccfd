using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class EvaluateCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("evaluate",
            "Evaluate a run on the test set of its data: −ELBO and its terms, the importance-weighted bound, active "
                + "units; for a conditional model also −log p(x|c) under its prior.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var samples = new Option<int>("--importance-samples")
        {
            Description = "Samples k of the importance-weighted bound on −log p(x)",
            DefaultValueFactory = _ => 100,
        };
        var draws = new Option<int>("--draws")
        {
            Description = "Posterior samples per example for −ELBO and reconstruction",
            DefaultValueFactory = _ => 1,
        };
        var metrics = new MeasureChoice(command);
        command.Add(samples);
        command.Add(draws);
        command.Add(RankChoice.Ranks);
        command.SetAction((parsed, stop) => Task.Run(() => RankChoice.Run(parsed, output, (ranks, shown) =>
        {
            metrics.Check(parsed);
            using var model = run.Model(parsed);
            var experiment = run.Folder(parsed).Experiment();
            var data = where.Load(parsed, run.Folder(parsed));
            var input = new EvaluationInput(model, data.Test, experiment.Data.Binarization, parsed.GetValue(Common.Seed)) { Ranks = ranks };
            var evaluation = new Evaluator(input).Evaluate(parsed.GetValue(samples), parsed.GetValue(draws), stop);
            var title = $"{run.Folder(parsed).Path}: nats per example, {Likelihoods.Name(model.Spec.Likelihood)}"
                + (Likelihoods.IsDensity(model.Spec.Likelihood) ? "" : " (not a density: no bound on log p(x))")
                + (Posteriors.HasDensity(model.Spec.Posterior) ? "" : "; an autoencoder has no KL and no bound on log p(x)");
            Printing.Facts(shown, parsed.GetValue(Common.Json), evaluation, title);
            Printing.ThrowUnlessFinite(evaluation, run.Folder(parsed).Path);
            metrics.Print(shown, parsed, input, data, stop);
            return VaeCommand.Success;
        }), CancellationToken.None));
        return command;
    }
}
