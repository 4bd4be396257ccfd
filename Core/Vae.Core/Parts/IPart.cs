namespace Vae;

/// <summary>
/// A component of a model as formulas. A model uses the components of this library and those of an application in the same way. Write
/// yours as a record, so that models that contain it compare by value.
/// </summary>
/// <typeparam name="TPart">The kind of component.</typeparam>
public interface IPart<TPart> where TPart : IPart<TPart>
{
    /// <summary>The name in files, as in <c>student-t</c>.</summary>
    string Name { get; }

    /// <summary>The numbers that the component was created with; files keep them beside the name.</summary>
    ValueList<double> Settings => [];

    /// <summary>A copy with the settings of a file. By default a component has none.</summary>
    /// <param name="settings">The <see cref="Settings"/> of the copy.</param>
    /// <returns>The copy.</returns>
    /// <exception cref="ArgumentException">The component does not accept these settings.</exception>
    TPart With(ValueList<double> settings) => settings.Count == 0
        ? (TPart)this
        : throw new ArgumentException($"settings: must be empty for {Name}, got {settings}", nameof(settings));
}
