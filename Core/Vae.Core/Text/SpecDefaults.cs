using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Vae;

/// <summary>
/// The defaults of members that a file may leave out, so that files are short and those of earlier versions can be read. Members
/// whose constructor parameter has a default are not listed.
/// </summary>
internal static class SpecDefaults
{
    private static readonly Dictionary<(Type Of, string Member), object> Values = new()
    {
        [(typeof(Experiment), nameof(Experiment.Objective))] =
            new Objective.Elbo(Schedules.Constant(1), new Capacity.Unlimited(), new EncoderGradient.Total()),
        [(typeof(VaeSpec), nameof(VaeSpec.Posterior))] = new Posterior.DiagonalNormal(),
        [(typeof(VaeSpec), nameof(VaeSpec.Prior))] = new Prior.StandardNormal(),
        [(typeof(VaeSpec), nameof(VaeSpec.Condition))] = new Condition.None(),
        [(typeof(Posterior.Categorical), nameof(Posterior.Categorical.Temperature))] = Schedules.Constant(2.0 / 3),
        [(typeof(Likelihood.Normal), nameof(Likelihood.Normal.Scale))] = new Scale.Fixed(),
        [(typeof(Likelihood.Laplace), nameof(Likelihood.Laplace.Scale))] = new Scale.Fixed(),
        [(typeof(Objective.Elbo), nameof(Objective.Elbo.Beta))] = Schedules.Constant(1),
        [(typeof(Objective.Elbo), nameof(Objective.Elbo.Capacity))] = new Capacity.Unlimited(),
        [(typeof(Objective.Elbo), nameof(Objective.Elbo.Gradient))] = new EncoderGradient.Total(),
        [(typeof(Objective.ImportanceWeighted), nameof(Objective.ImportanceWeighted.Bound))] = new ImportanceBound.Iwae(),
        [(typeof(Objective.ImportanceWeighted), nameof(Objective.ImportanceWeighted.Gradient))] = new EncoderGradient.Total(),
        [(typeof(Objective.Regularized), nameof(Objective.Regularized.Beta))] = Schedules.Constant(1),
        [(typeof(Regularizer.Code), nameof(Regularizer.Code.Decoder))] = new DecoderPenalty.None(),
        [(typeof(DataSpec), nameof(DataSpec.Binarization))] = new Binarization.None(),
        [(typeof(TrainSpec), nameof(TrainSpec.Optimizer))] = new Optimizer.Adam(),
        [(typeof(TrainSpec), nameof(TrainSpec.Clipping))] = new Clipping.None(),
        [(typeof(TrainSpec), nameof(TrainSpec.Averaging))] = new Averaging.None(),
        [(typeof(TrainSpec), nameof(TrainSpec.Stopping))] = new Stopping.Never(),
    };

    /// <summary>The default of a member; null if it must be given.</summary>
    public static object? Find(JsonPropertyInfo member) =>
        member.AttributeProvider is PropertyInfo property ? Values.GetValueOrDefault((member.DeclaringType, property.Name)) : null;

    /// <summary>Makes the members of a type that have a default optional.</summary>
    public static void Allow(JsonTypeInfo type)
    {
        var optional = type.Properties.Where(member => Find(member) is not null).ToList();
        foreach (var member in optional)
            member.IsRequired = false;
        if (optional.Count > 0)
            type.OnDeserialized = value => Complete(value, optional);
    }

    /// <summary>Adds the optional members of a type and their defaults to its schema.</summary>
    public static void Describe(JsonTypeInfo type, JsonNode schema)
    {
        foreach (var member in type.Properties.Where(member => Find(member) is not null))
        {
            var required = schema["required"]!.AsArray();
            required.Remove(required.First(name => (string?)name == member.Name));
            if (required.Count == 0)
                schema.AsObject().Remove("required");
            schema["properties"]![member.Name]!["default"] =
                JsonSerializer.SerializeToNode(Find(member), member.PropertyType, type.Options);
        }
    }

    // A null in the text is refused earlier: a member that is null here was left out.
    private static void Complete(object value, IEnumerable<JsonPropertyInfo> optional)
    {
        foreach (var member in optional.Where(member => member.Get!(value) is null))
            ((PropertyInfo)member.AttributeProvider!).SetValue(value, Find(member));
    }
}
