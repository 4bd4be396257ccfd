namespace Vae;

/// <summary>
/// A part of a model as formulas. The parts of this library and those of an application are the same to all that uses them;
/// write yours as a record, so that models that have it compare by value.
/// </summary>
/// <typeparam name="TPart">What kind of part.</typeparam>
public interface IPart<TPart> where TPart : IPart<TPart>
{
    /// <summary>Its name in files, as in <c>student-t</c>.</summary>
    string Name { get; }

    /// <summary>The numbers it was made with, which a file keeps beside the name.</summary>
    ValueList<double> Settings => [];

    /// <summary>A copy with the settings of a file. By default a part has none.</summary>
    /// <param name="settings">What <see cref="Settings"/> of the copy returns.</param>
    /// <exception cref="ArgumentException">The part does not take these settings.</exception>
    TPart With(ValueList<double> settings) => settings.Count == 0
        ? (TPart)this
        : throw new ArgumentException($"settings: must be empty for {Name}, got {settings}", nameof(settings));
}
