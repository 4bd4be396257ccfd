namespace Vae.Torch;

/// <summary>What is wrong with some of many runs: each sentence once, with the runs that it is said of.</summary>
internal sealed class RunProblems
{
    private const int MaxNamed = 3;

    private readonly int count;
    private readonly List<string> sentences = [];
    private readonly Dictionary<string, List<string>> runs = [];

    /// <summary>Of so many runs.</summary>
    public RunProblems(int count) => this.count = count;

    /// <summary>Does what may throw a <see cref="VaeException"/>, and keeps what that says.</summary>
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
                if (!runs.TryGetValue(line, out var said))
                {
                    sentences.Add(line);
                    runs[line] = said = [];
                }
                said.Add(run);
            }
        }
    }

    /// <summary>Throws all that was kept as one error; nothing where nothing was.</summary>
    public void Throw()
    {
        if (sentences.Count > 0)
            throw new VaeException(string.Join(Environment.NewLine, sentences.Select(line => $"{line} ({Describe(runs[line])})")));
    }

    private string Describe(List<string> said) => said.Count == count ? "in every run"
        : $"in {string.Join(", ", said.Take(MaxNamed))}{(said.Count > MaxNamed ? $" and {said.Count - MaxNamed} more" : "")}";
}
