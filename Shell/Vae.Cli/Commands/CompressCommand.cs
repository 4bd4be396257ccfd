using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class CompressCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("compress",
            "Compress examples without loss, by a model of discrete data: the size of the file is −ELBO in bits. Only this model can "
                + "decompress it, on the same kind of processor.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var to = Common.Out("File to write (default: compressed.vae in the run folder)");
        command.Add(to);
        command.SetAction(parsed =>
        {
            using var model = run.Model(parsed);
            CodingArithmetic.Fix();
            var (folder, seed) = (run.Folder(parsed), parsed.GetValue(Common.Seed));
            var path = parsed.GetValue(to) ?? folder.File("compressed.vae");
            var input = new EvaluationInput(model, where.Load(parsed, folder).Test, folder.Experiment().Data.Binarization, seed);
            var evaluator = new Evaluator(input);
            var bytes = model.Compress(RowBatches.Read(input), seed);
            AtomicFile.Write(path, stream => stream.Write(bytes));
            var bits = 8.0 * bytes.Length / input.Data.Count;
            Printing.Facts(output, parsed.GetValue(Common.Json), new CompressedSize(
                input.Data.Count, bytes.Length, bits, bits / model.Spec.Input.Size, evaluator.Terms().NegElbo!.Value / Math.Log(2)), path);
            return VaeCommand.Success;
        });
        return command;
    }

    /// <summary>The size of compressed examples.</summary>
    /// <param name="Examples">Number of examples.</param>
    /// <param name="Bytes">Size of the file.</param>
    /// <param name="BitsPerExample">Bits of the file for each example.</param>
    /// <param name="BitsPerValue">Bits of the file for each value.</param>
    /// <param name="NegElboBits">−ELBO of an example, in bits.</param>
    private sealed record CompressedSize(int Examples, long Bytes, double BitsPerExample, double BitsPerValue, double NegElboBits);
}
