namespace Vae;

/// <summary>Shows a list of problems as a table; other lists are left to the notebook.</summary>
internal sealed class ValueListFormatters
{
    /// <summary>Called by .NET Interactive.</summary>
    public IEnumerable<object> CreateTypeFormatters() => TypeFormatter.Tables<ValueList<Problem>>(problems => problems.Count == 0
        ? new([], [["no problems"]])
        : new(
            ["where", "rule", "got"],
            ValueList.From(problems.Select(problem => ValueList.From([problem.Path, problem.Rule, problem.Got])))));
}

/// <summary>Shows shapes and problems as plain text.</summary>
internal sealed class SmallValueFormatters
{
    /// <summary>Called by .NET Interactive.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
        [.. TypeFormatter.Text<Shape>(shape => $"{shape}"), .. TypeFormatter.Text<Problem>(problem => $"{problem}")];
}
