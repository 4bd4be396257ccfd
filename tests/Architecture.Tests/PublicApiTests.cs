using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Vae.Tests;

public class PublicApiTests
{
    [Theory]
    [InlineData(typeof(VaeSpec), "Vae.Core")]
    [InlineData(typeof(Torch.VaeException), "Vae.Torch")]
    [InlineData(typeof(Torch.Picture), "Vae.Pictures")]
    [InlineData(typeof(Torch.ParquetTables), "Vae.Parquet")]
    [InlineData(typeof(Torch.VaeService), "Vae.Hosting")]
    [InlineData(typeof(Torch.OnnxModels), "Vae.Onnx")]
    [InlineData(typeof(Torch.VaeEstimator), "Vae.ML")]
    [InlineData(typeof(FSharp.Num<>), "Vae.FSharp")]
    [InlineData(typeof(Testing.Generators), "Vae.Testing")]
    public void ThePublicApiIsTheRecordedOne(Type member, string assembly)
    {
        var file = Path.Combine(Repository.Root, "tests", "Architecture.Tests", "PublicApi", $"{assembly}.txt");
        var actual = string.Join('\n', Lines(member.Assembly)) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_API") == "1")
            File.WriteAllText(file, actual);
        var (recorded, present) = (Set(File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : ""), Set(actual));
        Assert.True(recorded.SetEquals(present),
            $"{assembly}'s public API is not the recorded one. If the change is intended, run the tests once with UPDATE_API=1 and "
            + "commit the file.\n"
            + string.Join('\n', recorded.Except(present).Select(line => $"- {line}")
                .Concat(present.Except(recorded).Select(line => $"+ {line}"))));
    }

    [Fact]
    public void TheLibraryHasAtMost220PublicTypesBesidesNestedCases() =>
        Assert.InRange(new[] { typeof(VaeSpec), typeof(Torch.VaeException) }
            .Sum(member => member.Assembly.GetExportedTypes().Count(type => !type.IsNested)), 1, 220);

    private static HashSet<string> Set(string text) => [.. text.Split('\n')];

    private static IEnumerable<string> Lines(Assembly assembly) =>
        from type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal)
        from line in Members(type).Order(StringComparer.Ordinal).Prepend(Head(type))
        select line;

    private static string Head(Type type)
    {
        var kind = type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => (type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")
                + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
        };
        var parents = type.GetInterfaces().Where(i => i.IsPublic && i.Assembly == type.Assembly).Select(Name)
            .Prepend(type.BaseType is { } b && b.Assembly == type.Assembly ? Name(b) : "").Where(name => name.Length > 0);
        return $"{kind} {Name(type)}{string.Concat(parents.Select(parent => $" : {parent}"))}";
    }

    private static IEnumerable<string> Members(Type type) =>
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where member is not Type && !member.IsDefined(typeof(CompilerGeneratedAttribute)) && member.Name is not ("<Clone>$" or "value__")
        let line = member switch
        {
            ConstructorInfo constructor => $"new({Parameters(constructor)})",
            PropertyInfo property => $"{Static(property.GetMethod)}{Name(property.PropertyType)} {property.Name}{Accessors(property)}",
            FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
            MethodInfo { IsSpecialName: true } method when !method.Name.StartsWith("op_", StringComparison.Ordinal) => "",
            MethodInfo method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generics(method)}({Parameters(method)})",
            _ => $"{member.MemberType} {member.Name}",
        }
        where line.Length > 0
        select $"  {Name(type)}: {line}";

    private static string Accessors(PropertyInfo property) => property.SetMethod?.IsPublic == true ? " { get; init; }" : " { get; }";

    private static string Static(MethodInfo? method) => method is { IsStatic: true } ? "static " : "";

    private static string Generics(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {Default(parameter.DefaultValue)}" : "")}"));

    private static string Default(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) switch
    {
        null or "" => value is "" ? "\"\"" : "default",
        var text => text,
    };

    private static string Name(Type type) => type switch
    {
        { IsGenericParameter: true } => type.Name,
        { IsByRef: true } => $"ref {Name(type.GetElementType()!)}",
        { IsArray: true } => $"{Name(type.GetElementType()!)}[]",
        { IsGenericType: true } when Nullable.GetUnderlyingType(type) is { } value => $"{Name(value)}?",
        { IsGenericType: true } => $"{Plain(type)}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => Plain(type),
    };

    private static string Plain(Type type) => (type.IsNested ? $"{Plain(type.DeclaringType!)}." : "") + type.Name.Split('`')[0];
}
