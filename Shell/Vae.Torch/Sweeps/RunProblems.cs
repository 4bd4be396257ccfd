namespace Vae.Torch;

/// <summary>Collects the problems of several runs: each problem once, with the runs that have it.</summary>
internal sealed class RunProblems
{
    private const int MaxNamed = 3;

    private readonly int count;
    private readonly List<string> sentences = [];
    private readonly Dictionary<string, List<string>> runs = [];

    /// <summary>Starts without problems; <paramref name="count"/> is the number of runs.</summary>
    public RunProblems(int count) => this.count = count;

    /// <summary>Calls an action and collects the problems of a <see cref="VaeException"/> that it throws.</summary>
    public void Try(string run, Action act)
    {
        try
        {
            act();
        }
        catch (VaeException problem)
        {
            foreach (var line in problem.Message.Split(Environment.NewLine))
            {
                if (!runs.TryGetValue(line, out var affected))
                {
                    sentences.Add(line);
                    runs[line] = affected = [];
                }
                affected.Add(run);
            }
        }
    }

    /// <summary>Throws one exception with all collected problems, if there are any.</summary>
    /// <exception cref="VaeException">There are problems.</exception>
    public void Throw()
    {
        if (sentences.Count > 0)
            throw new VaeException(string.Join(Environment.NewLine, sentences.Select(line => $"{line} ({Describe(runs[line])})")));
    }

    private string Describe(List<string> affected) => affected.Count == count ? "in every run"
        : $"in {string.Join(", ", affected.Take(MaxNamed))}{(affected.Count > MaxNamed ? $" and {affected.Count - MaxNamed} more" : "")}";
}
