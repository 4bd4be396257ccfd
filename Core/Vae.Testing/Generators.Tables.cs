using FsCheck;
using FsCheck.Fluent;

namespace Vae.Testing;

/// <summary>Random tables without problems.</summary>
public static partial class Generators
{
    private static readonly string[] Words = ["Adelie", "Gentoo", "日本", "a,b", "say \"yes\"", "x=y", "NA?", "1", "two words", "ö"];

    public static Arbitrary<TableSchema> Schemas() => Arb.From(Schema);

    /// <summary>A schema whose columns have different names; a model sees at least one.</summary>
    public static Gen<TableSchema> Schema =>
        from kinds in ColumnKindChoice.NonEmptyListOf()
        from comma in Gen.Elements(false, true)
        select new TableSchema(ValueList.From(kinds.Append(new ColumnKind.Count()).Select((kind, i) =>
            new TableColumn($"{Words[i % Words.Length]} {i}", kind))), comma);

    /// <summary>Kinds of a table's columns.</summary>
    public static Arbitrary<ColumnKind> AllColumnKinds() => Arb.From(ColumnKindChoice);

    /// <summary>Transforms of a continuous column.</summary>
    public static Arbitrary<ColumnTransform> AllColumnTransforms() => Arb.From(TransformChoice);

    private static Gen<ColumnKind> ColumnKindChoice => Gen.OneOf(
        Gen.Constant<ColumnKind>(new ColumnKind.Label(["a", "b"])),
        from transform in TransformChoice from location in Number(-5, 5) from deviation in Number(0.1, 10) from digits in Gen.Choose(-1, 4)
        select (ColumnKind)new ColumnKind.Continuous(transform, location, deviation, digits),
        from location in Number(-5, 5) from deviation in Number(0.1, 10) from digits in Gen.Choose(-1, 4)
        select (ColumnKind)new ColumnKind.Positive(location, deviation, digits),
        from location in Number(-5, 5) from deviation in Number(0.1, 10) from digits in Gen.Choose(-1, 4)
        select (ColumnKind)new ColumnKind.ZeroInflated(location, deviation, digits),
        Gen.Constant<ColumnKind>(new ColumnKind.Binary("no", "yes")),
        Texts.Select(texts => (ColumnKind)new ColumnKind.Ordinal(texts)),
        from texts in Texts from other in Gen.Elements("", "other") select (ColumnKind)new ColumnKind.Categorical(texts, other),
        Gen.Constant<ColumnKind>(new ColumnKind.Count()),
        from format in Gen.Elements("yyyy-MM-dd", "dd.MM.yyyy", "yyyy-MM-dd HH:mm:ss")
        from location in Number(0, 20_000) from deviation in Number(1, 2000)
        from periods in Gen.Elements<ValueList<double>>([], [365.2425], [365.2425, 7])
        select (ColumnKind)new ColumnKind.Date(format, location, deviation, periods),
        Gen.Constant<ColumnKind>(new ColumnKind.SetAside("a different text in most rows")));

    private static Gen<ColumnTransform> TransformChoice => Gen.OneOf(
        Gen.Constant(ColumnTransforms.None), Number(0.1, 2).Select(ColumnTransforms.Log),
        Gen.Constant(ColumnTransforms.Quantile([-3, 0, 1, 10], [-1.5, -0.5, 0.5, 1.5])));

    private static Gen<ValueList<string>> Texts =>
        from count in Gen.Choose(2, Words.Length) from shift in Gen.Choose(0, Words.Length - 1)
        select ValueList.From(Enumerable.Range(0, count).Select(i => Words[(i + shift) % Words.Length]));
}
