namespace Vae.Torch;

/// <summary>What an explorer page shows beyond the model.</summary>
/// <param name="Title">Heading; empty for the data's name.</param>
/// <param name="Count">Maximum number of examples, ≥ 1; they are spread evenly over the data. Large examples are fewer.</param>
public sealed record ExplorerOptions(string Title = "", int Count = 400)
{
    /// <summary>Binarization of the examples, as in training.</summary>
    public Binarization Binarization { get; init; } = Binarizations.None;

    /// <summary>Seed of the binarization's draws.</summary>
    public ulong Seed { get; init; }

    /// <summary>Address of a page about the model, such as <c>report.html</c>, to which the page links; empty for none.</summary>
    public string Report { get; init; } = "";
}
