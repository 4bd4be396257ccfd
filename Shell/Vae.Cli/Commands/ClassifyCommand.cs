using System.CommandLine;
using Vae.Torch;

namespace Vae.Cli;

internal static class ClassifyCommand
{
    public static Command Make(TextWriter output)
    {
        var command = new Command("classify",
            "Classify examples by the classifier of a semi-supervised run (m2): write the likeliest class of each and the probability of "
                + "every class as a file, and say how many are wrong where the labels are known.");
        var run = new RunChoice(command);
        var where = new DataChoice(command, isOfRun: true);
        var to = Common.Out($"File to write: {AnswerFiles.Forms} (default: classes.csv in the run folder)").Checked(AnswerFiles.Rows);
        command.Add(to);
        command.SetAction(parsed =>
        {
            var (folder, json) = (run.Folder(parsed), parsed.GetValue(Common.Json));
            using var classifier = run.Classifier(parsed);
            var path = parsed.GetValue(to) ?? folder.File("classes.csv");
            var split = where.Load(parsed, folder);
            var data = split.Test;
            var probabilities = classifier.Probabilities(data, parsed.GetValue(Common.Seed));
            var likeliest = LabelClassifier.Likeliest(probabilities);
            var names = RowNames.Create(data, where.File(parsed), folder.Experiment().Data.Windows);
            AnswerFiles.WriteClasses(path, names, new(ClassNames(split, probabilities.Dims[1]), likeliest, probabilities));
            if (data.HasLabels)
                Say(output, json, data.Name, likeliest.Zip(data.Labels.ToArray()).Count(pair => pair.First != pair.Second), data.Count);
            Printing.Wrote(output, json, path);
            return VaeCommand.Success;
        });
        return command;
    }

    // Unlabelled data have no names of classes, but the run's own may, and so may the column of labels that a new file lacks.
    private static ValueList<string> ClassNames(DataSplit data, int count)
    {
        IEnumerable<IReadOnlyList<string>> columns = data.Test.Schema.Columns.Select(column => column.Kind).OfType<ColumnKind.Label>()
            .Select(label => label.Classes);
        IEnumerable<IReadOnlyList<string>> found = [data.Test.Classes, data.Train.Classes, .. columns];
        return ValueList.From(found.FirstOrDefault(names => names.Count == count)
            ?? Enumerable.Range(0, count).Select(label => $"{label}"));
    }

    private static void Say(TextWriter output, bool json, string name, int wrong, int count)
    {
        var error = 100.0 * wrong / count;
        if (json)
            Printing.Line(output, new { Event = "classified", Examples = count, Wrong = wrong, ErrorPercent = error });
        else
            output.WriteLine($"{name}: {wrong:N0} of {count:N0} are wrong, an error of {error:F2}%");
    }
}
