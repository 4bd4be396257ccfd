namespace Vae;

/// <summary>
/// A component of a model as formulas. Components of this library and of an application are used in the same way. Write yours as
/// a record, so that models that contain it compare by value.
/// </summary>
/// <typeparam name="TPart">The kind of component.</typeparam>
public interface IPart<TPart> where TPart : IPart<TPart>
{
    /// <summary>Its name in files, as in <c>student-t</c>.</summary>
    string Name { get; }

    /// <summary>The numbers that it was made with, which files keep beside the name.</summary>
    ValueList<double> Settings => [];

    /// <summary>A copy with the settings of a file. By default a part has none.</summary>
    /// <param name="settings">What <see cref="Settings"/> of the copy returns.</param>
    /// <exception cref="ArgumentException">The part does not take these settings.</exception>
    TPart With(ValueList<double> settings) => settings.Count == 0
        ? (TPart)this
        : throw new ArgumentException($"settings: must be empty for {Name}, got {settings}", nameof(settings));
}
