using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class CardCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("card",
            "Write a run's model card: what the model is, its data with a fingerprint, test figures with standard errors, intended use and "
                + "limits, as Markdown with the front matter that model hubs read. Training writes one too.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var name = new Option<string>("--name") { Description = "Name of the model (default: the run folder's)" };
        var license = new Option<string>("--license")
        {
            Description = "Licence of the model, as in mit or cc-by-4.0 (default: that of the folder's card, or unknown)",
        };
        var samples = new Option<int>("--importance-samples")
        {
            Description = "Samples k of the importance-weighted bound on −log p(x); 0 for no bound",
            DefaultValueFactory = _ => 20,
        };
        var to = Common.Out("File to write (default: README.md in the run folder)");
        foreach (Option option in new Option[] { name, license, samples, to })
            command.Add(option);
        command.SetAction(parsed =>
        {
            var folder = run.Folder(parsed);
            using var model = run.Model(parsed);
            var options = new ModelCardOptions(
                parsed.GetValue(name) ?? "", parsed.GetValue(license) ?? "", parsed.GetValue(samples));
            Printing.Wrote(output, parsed.GetValue(Common.Json),
                ModelCards.Write(folder, model, where.Load(parsed, folder), options, parsed.GetValue(to)));
            return VaeCommand.Success;
        });
        return command;
    }
}
