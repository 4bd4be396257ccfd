using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Xml.Linq;

namespace Vae.Tests;

public class CoreRulesTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = typeof(VaeSpec).Assembly.GetExportedTypes();
    private static readonly Type[] Records = [.. Types.Where(type => type.GetMethod("<Clone>$") is not null)];

    public static TheoryData<Type> Hierarchies => [.. Records.Where(type => type.IsAbstract)];

    [Fact]
    public void NothingIsMutable() => Assert.All(Types, type =>
    {
        Assert.All(type.GetFields(Declared).Where(field => !field.IsPrivate || Types.Contains(field.DeclaringType)),
            field => Assert.True(field.IsInitOnly || field.IsLiteral, $"{type}.{field.Name}"));
        Assert.All(type.GetProperties(Declared).Where(property => property.SetMethod is not null),
            property => Assert.Contains(typeof(IsExternalInit), property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers()));
    });

    [Fact]
    public void RecordsHoldNoArraysOrOtherListsThanValueLists() => Assert.All(
        Records.Concat(Types.Where(type => type.IsValueType)).SelectMany(type => type.GetFields(Declared)).Where(field => !field.IsStatic),
        field =>
            Assert.False(IsPlainList(field.FieldType) && field.DeclaringType != typeof(NdArray), $"{field.DeclaringType}.{field.Name}"));

    [Fact]
    public void EveryRecordHasWithForAllItsParts() => Assert.All(
        Records.Where(type => !type.IsAbstract && !type.IsGenericType && Parts(type).Length > 0),
        type =>
        {
            var with = Assert.Single(type.GetMethods(), method => method.Name == "With");
            Assert.Equal(type, with.ReturnType);
            Assert.Equal(Parts(type).Select(part => Camel(part.Name!)), with.GetParameters().Select(parameter => parameter.Name!));
            Assert.All(with.GetParameters(), parameter => Assert.True(parameter is { HasDefaultValue: true, DefaultValue: null }));
        });

    [Theory]
    [MemberData(nameof(Hierarchies))]
    public void AHierarchyIsClosedAndOneLevelDeep(Type hierarchy)
    {
        Assert.All(hierarchy.GetConstructors(Declared).Where(constructor => constructor.GetParameters().Length == 0),
            constructor => Assert.True(constructor.IsFamilyAndAssembly || constructor.IsPrivate));
        // A stranger could derive through the copy constructor but for an abstract member that it cannot see.
        Assert.Contains(hierarchy.GetMethods(Declared), method => method is { IsAbstract: true, IsFamilyAndAssembly: true });
        Assert.NotEmpty(Cases(hierarchy));
        Assert.All(Cases(hierarchy), type => Assert.True(type.IsSealed && Open(type.BaseType!) == hierarchy, type.FullName));
        Assert.All(Types.Where(type => Open(type.BaseType) == hierarchy), type => Assert.Equal(hierarchy, type.DeclaringType));
    }

    [Theory]
    [MemberData(nameof(Hierarchies))]
    public void MatchHasAFunctionForEveryCase(Type hierarchy)
    {
        var match = Assert.Single(hierarchy.GetMethods(), method => method.Name == "Match");
        Assert.Equal(Cases(hierarchy).Select(type => Camel(Name(type))).Order(),
            match.GetParameters().Select(parameter => parameter.Name!).Order());
    }

    [Theory]
    [MemberData(nameof(Hierarchies))]
    public void EveryCaseHasItsKindInJson(Type hierarchy)
    {
        var derived = hierarchy.GetCustomAttributes<JsonDerivedTypeAttribute>().ToList();
        if (hierarchy.IsGenericType)
            return;
        Assert.Equal("kind", hierarchy.GetCustomAttribute<JsonPolymorphicAttribute>()!.TypeDiscriminatorPropertyName);
        Assert.Equal(Cases(hierarchy).Select(type => (type, Camel(type.Name))).OrderBy(c => c.Item2),
            derived.Select(attribute => (attribute.DerivedType, (string)attribute.TypeDiscriminator!)).OrderBy(c => c.Item2));
    }

    [Fact]
    public void FactoriesReturnTheBaseType() => Assert.All(
        Types.Where(type => type is { IsAbstract: true, IsSealed: true }).SelectMany(type => type.GetMethods(Declared))
            .Where(method => method.IsPublic),
        method => Assert.False(method.ReturnType.BaseType is { IsAbstract: true } parent && Records.Contains(parent),
            $"{method.DeclaringType}.{method.Name}"));

    [Theory]
    [InlineData(typeof(VaeSpec))]
    [InlineData(typeof(Torch.VaeException))]
    [InlineData(typeof(Torch.Picture))]
    [InlineData(typeof(Torch.OnnxModels))]
    [InlineData(typeof(Testing.Generators))]
    public void EveryTypeIsDocumentedAndNoSummaryIsEmpty(Type member)
    {
        // The compiler asks for a comment on every public member (CS1591); that it says something is asked here.
        var members = XDocument.Load(Path.ChangeExtension(member.Assembly.Location, ".xml")).Descendants("member").ToList();
        var names = members.Select(m => (string)m.Attribute("name")!).ToHashSet();
        Assert.All(member.Assembly.GetExportedTypes(), type => Assert.Contains($"T:{type.FullName!.Replace('+', '.')}", names));
        Assert.All(members.Elements("summary"), summary => Assert.False(
            string.IsNullOrWhiteSpace(summary.Value) && !summary.HasElements, (string?)summary.Parent!.Attribute("name")));
    }

    private static IEnumerable<Type> Cases(Type hierarchy) => hierarchy.GetNestedTypes();

    private static ParameterInfo[] Parts(Type type) =>
        type.GetConstructors().Select(constructor => constructor.GetParameters()).MaxBy(parameters => parameters.Length) ?? [];

    private static Type? Open(Type? type) => type is { IsGenericType: true } ? type.GetGenericTypeDefinition() : type;

    private static bool IsPlainList(Type type) =>
        type.IsArray || (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && Open(type) != typeof(ValueList<>))
        || Open(type) == typeof(ImmutableArray<>);

    private static string Name(Type type) => type.Name.Split('`')[0];

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
