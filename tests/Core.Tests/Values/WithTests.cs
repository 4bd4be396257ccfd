using System.Collections;
using System.Reflection;
using FsCheck;
using FsCheck.Fluent;

namespace Vae.Tests;

public class WithTests
{
    private static readonly ILookup<Type, object> Parts =
        Generators.Experiment().Sample(300, new Rnd(151, 153), 50)
            .Concat<object>(Generators.SamplerChoice().Sample(60, new Rnd(155, 157), 50)).SelectMany(All).ToLookup(part => part.GetType());

    public static TheoryData<Type> Types => [.. Parts.Select(group => group.Key).Where(type => type.GetMethod("With") is not null)];

    [Fact]
    public void ThereAreTypesToCheck() => Assert.True(Types.Count > 20);

    [Theory]
    [MemberData(nameof(Types))]
    public void WithChangesWhatIsNamedAndKeepsTheRest(Type type)
    {
        var with = type.GetMethod("With")!;
        var names = with.GetParameters().Select(parameter => char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..]).ToArray();
        object? Of(object part, string name) => type.GetProperty(name)!.GetValue(part);
        foreach (var (part, other) in Parts[type].Take(30).Zip(Parts[type].Skip(1).Take(30)))
        {
            Assert.Equal(part, with.Invoke(part, new object?[names.Length]));
            for (var i = 0; i < names.Length; i++)
            {
                var arguments = new object?[names.Length];
                arguments[i] = Of(other, names[i]);
                var changed = with.Invoke(part, arguments)!;
                Assert.All(names, name => Assert.Equal(Of(name == names[i] ? other : part, name), Of(changed, name)));
            }
        }
    }

    private static IEnumerable<object> All(object value) =>
        value is Shape ? [value]
        : value is IEnumerable items and not string ? items.Cast<object>().SelectMany(All)
        : value.GetType().Namespace != nameof(Vae) ? []
        : value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).SelectMany(property => All(property.GetValue(value)!))
        .Prepend(value);
}
