using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class SampleCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("sample", "Draw from the prior, decode, and write the pictures as one PNG.");
        var run = new RunChoice(command);
        var count = new Option<int>("--count") { Description = "How many", DefaultValueFactory = _ => 64 };
        var label = new Option<int>("--label") { Description = "The class asked for, of a conditional model (default: each in turn)", DefaultValueFactory = _ => -1 };
        var to = new Option<string>("--out") { Description = "The PNG to write (default: samples.png in the run folder)" };
        command.Add(count);
        command.Add(label);
        command.Add(to);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            var path = parsed.GetValue(to) ?? run.Folder(parsed).File("samples.png");
            RunPictures.Samples(model, parsed.GetValue(count), parsed.GetValue(Common.Seed), parsed.GetValue(label)).Save(path);
            Printing.Wrote(output, parsed.GetValue(Common.Json), path);
            return VaeCommand.Success;
        });
        return command;
    }
}
