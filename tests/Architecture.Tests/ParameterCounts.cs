using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vae.Tests;

/// <summary>Methods and constructors with more parameters than a reader keeps apart.</summary>
internal static class ParameterCounts
{
    private const int Max = 6;

    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    /// <summary>One line for each that has too many, as "Type.Method: 8 parameters", the longest first.</summary>
    public static IReadOnlyList<string> Excessive(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           where !IsGenerated(type) && !type.IsSubclassOf(typeof(Delegate))
           from method in type.GetMethods(Declared).Concat<MethodBase>(type.GetConstructors(Declared))
           let count = method.GetParameters().Length
           where count > Max && !IsGenerated(method) && !FollowsFromData(type, method) && !IsNative(method)
           let line = $"{type.FullName}.{method.Name}: {count} parameters"
           orderby -count, line
           select line,
    ];

    // A record's constructor and With have a parameter for each property, and Match one for each case.
    private static bool FollowsFromData(Type type, MethodBase method) => method.Name == "Match"
        || (type.GetMethod("PrintMembers", Declared) is not null && (method.IsConstructor || method.Name is "With" or "Deconstruct"));

    // The signature of a function in a native library is the library's.
    private static bool IsNative(MethodBase method) => method.Attributes.HasFlag(MethodAttributes.PinvokeImpl);

    private static bool IsGenerated(MemberInfo member) => member.Name.Contains('<') || member.IsDefined(typeof(CompilerGeneratedAttribute))
        || member.IsDefined(typeof(System.CodeDom.Compiler.GeneratedCodeAttribute));
}
