using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Vae;

/// <summary>
/// Specs as JSON text. A spec that is written reads back as an equal value. Reading checks the form of a text only; its values are checked
/// by <see cref="Specs.Problems(Experiment)"/>.
/// </summary>
public static class SpecJson
{
    private static readonly JsonSerializerOptions Options = For(CustomComponents.None);

    private static JsonSerializerOptions For(CustomComponents parts) => new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        IndentSize = 2,
        // A trailing comment or comma would be a file that other tools refuse.
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        AllowOutOfOrderMetadataProperties = true,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 64,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { OnlyConstructorParameters, SpecDefaults.Allow } },
        Converters =
        {
            new ShapeConverter(), new ValueListConverterFactory(),
            new PartConverter<ILikelihood>(parts.LikelihoodParts), new PartConverter<IPosterior>(parts.PosteriorParts),
            new PartConverter<IPrior>(parts.PriorParts), new PartConverter<ILayer>(parts.LayerParts),
            new PartConverter<IObjective>(parts.ObjectiveParts),
        },
    };

    /// <summary>The JSON text of a model, indented by two spaces.</summary>
    /// <param name="spec">A model whose numbers are finite, as those of any model without problems are.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    /// <example>
    /// <code>
    /// File.WriteAllText("model.json", SpecJson.Write(Zoo.Conv(Shape.Image(1, 28, 28))));
    /// </code>
    /// </example>
    public static string Write(VaeSpec spec) => JsonSerializer.Serialize(spec, Options);

    /// <summary>The JSON text of a run, indented by two spaces.</summary>
    /// <param name="experiment">A run whose numbers are finite, as those of any run without problems are.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static string Write(Experiment experiment) => JsonSerializer.Serialize(experiment, Options);

    /// <summary>The JSON text of a sampler, indented by two spaces.</summary>
    /// <param name="sampler">A sampler whose numbers are finite.</param>
    /// <exception cref="ArgumentException">A number is not finite.</exception>
    public static string Write(Sampler sampler) => JsonSerializer.Serialize(sampler, Options);

    /// <summary>The JSON text of a table's columns, indented by two spaces.</summary>
    internal static string Write(TableSchema schema) => JsonSerializer.Serialize(schema, Options);

    /// <summary>Reads a model, or returns the problem of the text's form.</summary>
    /// <param name="json">The text, also of an earlier version.</param>
    /// <param name="parts">The custom components that the text may name; none if not given.</param>
    /// <example>
    /// <code>
    /// var model = SpecJson.ReadModel(File.ReadAllText("model.json"))
    ///     .Match(spec => spec, problems => throw new FormatException($"model.json: {problems[0]}"));
    /// </code>
    /// </example>
    public static Validated<VaeSpec> ReadModel(string json, CustomComponents? parts = null) => Read<VaeSpec>(json, parts);

    /// <summary>Reads a run, or returns the problem of the text's form.</summary>
    /// <param name="json">The text, also of an earlier version.</param>
    /// <param name="parts">The custom components that the text may name; none if not given.</param>
    public static Validated<Experiment> ReadExperiment(string json, CustomComponents? parts = null) => Read<Experiment>(json, parts);

    /// <summary>Reads a sampler, or returns the problem of the text's form.</summary>
    /// <param name="json">The text, also of an earlier version.</param>
    /// <param name="parts">The custom components that the text may name; none if not given.</param>
    public static Validated<Sampler> ReadSampler(string json, CustomComponents? parts = null) => Read<Sampler>(json, parts);

    /// <summary>The JSON Schema (draft 2020-12) of a model file, for editors.</summary>
    public static string ModelSchema() => Schema(typeof(VaeSpec));

    /// <summary>The JSON Schema (draft 2020-12) of a run file, for editors.</summary>
    public static string ExperimentSchema() => Schema(typeof(Experiment));

    /// <summary>The JSON Schema (draft 2020-12) of a sampler's file, for editors.</summary>
    public static string SamplerSchema() => Schema(typeof(Sampler));

    private static Validated<T> Read<T>(string json, CustomComponents? parts) where T : class
    {
        if (parts?.Problems("parts") is { Count: > 0 } problems)
            return new Validated<T>.Invalid(problems);
        try
        {
            return JsonSerializer.Deserialize<T>(FormerNames.Replace(json), parts is null ? Options : For(parts)) is { } value
                ? new Validated<T>.Valid(value)
                : new Validated<T>.Invalid([new("$", "must be an object", "null")]);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or InvalidOperationException)
        {
            return new Validated<T>.Invalid([JsonErrors.ToProblem(e)]);
        }
    }

    // Computed members such as Shape.Size are not written.
    private static void OnlyConstructorParameters(JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object || type.Type.Namespace != nameof(Vae))
            return;
        foreach (var extra in type.Properties.Where(p => p.AssociatedParameter is null).ToList())
            type.Properties.Remove(extra);
    }

    private static string Schema(Type root)
    {
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var schema = SchemaOf(root, definitions).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema["$defs"] = new JsonObject(definitions.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value)));
        return schema.ToJsonString(Options);
    }

    private static JsonNode SchemaOf(Type type, SortedDictionary<string, JsonNode> definitions) =>
        Options.GetJsonSchemaAsNode(type, new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = (context, node) =>
            {
                SpecDefaults.Describe(context.TypeInfo, node);
                return context.Path.Length == 0 ? node : Refer(context.TypeInfo.Type, node, definitions);
            },
        });

    // Each hierarchy and record is defined once under $defs, which also ends the recursion of layers within layers.
    private static JsonNode Refer(Type type, JsonNode node, SortedDictionary<string, JsonNode> definitions)
    {
        if (type == typeof(Shape))
            return JsonNode.Parse("""{ "type": "array", "items": { "type": "integer", "minimum": 1 } }""")!;
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueList<>))
            return new JsonObject { ["type"] = "array", ["items"] = Refer(type.GetGenericArguments()[0], new JsonObject(), definitions) };
        if (type.IsInterface && type.Namespace == nameof(Vae))
            return JsonNode.Parse("""
                {
                  "type": "object",
                  "properties": { "name": { "type": "string" }, "settings": { "type": "array", "items": { "type": "number" } } },
                  "required": ["name"],
                  "additionalProperties": false
                }
                """)!;
        if (type.Namespace != nameof(Vae) || type.IsNested)
            return node;
        if (definitions.TryAdd(type.Name, true))
            definitions[type.Name] = SchemaOf(type, definitions);
        return new JsonObject { ["$ref"] = $"#/$defs/{type.Name}" };
    }

    private sealed class ShapeConverter : JsonConverter<Shape>
    {
        public override Shape Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return new(JsonSerializer.Deserialize<ValueList<int>>(ref reader, options) ?? []);
            }
            catch (JsonException e)
            {
                throw JsonErrors.Within("", e);
            }
        }

        public override void Write(Utf8JsonWriter writer, Shape value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.Dims.ToArray(), options);
    }

    private sealed class ValueListConverterFactory : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) =>
            typeToConvert.IsGenericType && typeToConvert.GetGenericTypeDefinition() == typeof(ValueList<>);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(ValueListConverter<>).MakeGenericType(typeToConvert.GetGenericArguments()))!;
    }

    private sealed class ValueListConverter<T> : JsonConverter<ValueList<T>>
    {
        public override ValueList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType != JsonTokenType.StartArray)
                throw new JsonException("not a list");
            var items = new List<T>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                items.Add(Item(ref reader, items.Count, options));
            return ValueList.From(items);
        }

        private static T Item(ref Utf8JsonReader reader, int index, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.Deserialize<T>(ref reader, options) ?? throw new JsonException("null");
            }
            catch (Exception e) when (e is JsonException or NotSupportedException)
            {
                throw JsonErrors.Within($"[{index}]", e);
            }
        }

        public override void Write(Utf8JsonWriter writer, ValueList<T> value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value.ToArray(), options);
    }
}
