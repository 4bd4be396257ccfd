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

    /// <summary>The same part made with the numbers of a file; <see cref="ArgumentException"/> where they are not what it takes.</summary>
    TPart With(ValueList<double> settings);
}
