namespace Vae.Torch;

/// <summary>A picture in a report.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Caption">What to see in it; may be empty.</param>
/// <param name="Picture">The picture.</param>
public sealed record Figure(string Title, string Caption, Picture Picture);
