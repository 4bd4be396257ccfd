namespace Vae;

/// <summary>Shows the problems of a spec as a list; any other list is left to the notebook.</summary>
internal sealed class ValueListFormatters
{
    /// <summary>By convention.</summary>
    public IEnumerable<object> CreateTypeFormatters() => TypeFormatter.Tables<ValueList<Problem>>(problems => problems.Count == 0
        ? new([], [["no problems"]])
        : new(["where", "rule", "got"], ValueList.From(problems.Select(problem => ValueList.From([problem.Path, problem.Rule, problem.Got])))));
}

/// <summary>Shows a small value as its text.</summary>
internal sealed class SmallValueFormatters
{
    /// <summary>By convention.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [.. TypeFormatter.Text<Shape>(shape => $"{shape}"), .. TypeFormatter.Text<Problem>(problem => $"{problem}")];
}
