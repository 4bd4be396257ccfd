namespace Vae;

/// <summary>
/// Marks an abstract partial record whose nested records are all its cases. The generator writes its Match, the members that prevent
/// derivation elsewhere, and the JSON kind of each case: the case's name in camelCase.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class ClosedAttribute : Attribute;
