namespace Vae;

/// <summary>
/// Marks an abstract partial record whose nested records are all its cases. The generator writes its Match, the members that
/// keep anyone else from deriving, and the kind of each case in JSON: the name of the case in camelCase.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ClosedAttribute : Attribute;
