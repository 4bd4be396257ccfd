using System.Globalization;
using System.Text.RegularExpressions;

namespace Vae.Torch;

/// <summary>Arithmetic with attributes: what a class or a known factor is in latent space, added to codes and taken from them.</summary>
internal static partial class LatentAttributes
{
    /// <summary>How an attribute is written.</summary>
    public const string Forms = "the name of a class, or c0=VALUE, c0<VALUE or c0>VALUE of a condition value";

    /// <summary>Which examples have an attribute: a class by its name, or a condition value by its place, as c1=2 or c0&gt;0.5.</summary>
    public static bool[] Flags(Dataset data, string attribute)
    {
        if (data.Classes.ToList().IndexOf(attribute) is >= 0 and var label)
            return Array.ConvertAll(data.Labels.ToArray(), of => of == label);
        if (Comparison().Match(attribute) is not { Success: true } parts)
            throw new VaeException($"attribute: must be {Forms}{(data.HasLabels ? $" (the classes are {string.Join(", ", data.Classes)})" : " (there are no labels)")}, got {attribute}");
        var place = int.TryParse(parts.Groups[1].Value, CultureInfo.InvariantCulture, out var at) ? at : int.MaxValue;
        if (place >= data.ConditionWidth)
            throw new VaeException($"attribute: must name one of the {data.ConditionWidth} condition values of {data.Name}, counted from c0, got {attribute}");
        var value = float.Parse(parts.Groups[3].Value, CultureInfo.InvariantCulture);
        var given = data.ConditionValues.ToArray();
        return [.. Enumerable.Range(0, data.Count).Select(i => given[i * data.ConditionWidth + place]).Select(of => parts.Groups[2].Value switch { "<" => of < value, ">" => of > value, _ => of == value })];
    }

    /// <summary>The sum of the vectors of the attributes that are added less the sum of those that are taken away; D values.</summary>
    /// <param name="input">A model with a latent; examples that have each attribute, and others that do not.</param>
    /// <param name="add">As <see cref="Flags"/> reads them.</param>
    /// <param name="subtract">The same; with <paramref name="add"/> at least one.</param>
    public static ValueList<double> Direction(EvaluationInput input, ValueList<string> add, ValueList<string> subtract)
    {
        var (model, data) = (input.Model, input.Data);
        VaeException.Require(model.Spec.Latent > 0, "model.latent", "must be at least 1 for attributes in latent space", model.Spec.Latent);
        VaeException.Require(add.Count + subtract.Count > 0, "attribute", $"must be given to add or to subtract: {Forms}", "none");
        var flags = add.Append(subtract).Select(attribute => Checked(data, attribute)).ToList();
        var codes = new Evaluator(input).Encode().Means;
        var sum = new double[model.Spec.Latent];
        for (var i = 0; i < flags.Count; i++)
        {
            var vector = AttributeVectors.Difference(codes, flags[i]);
            for (var k = 0; k < sum.Length; k++)
                sum[k] += i < add.Count ? vector[k] : -vector[k];
        }
        return ValueList.From(sum);
    }

    /// <summary>What is decoded from the codes of examples moved along a direction by each strength, with each example's condition: [N, strengths, ...] flat.</summary>
    public static float[] Moved(EvaluationInput input, ValueList<double> direction, ValueList<double> strengths)
    {
        var (model, data) = (input.Model, input.Data);
        VaeException.Require(direction.Count == model.Spec.Latent, "direction", $"must have {model.Spec.Latent} values as the codes have", direction.Count);
        VaeException.Require(strengths.Count > 0 && strengths.All(double.IsFinite), "strengths", "must be at least one number, all finite", strengths);
        var codes = new Evaluator(input).Encode().Means.ToArray().Chunk(direction.Count);
        double[] moved = [.. from code in codes from strength in strengths from k in Enumerable.Range(0, direction.Count) select code[k] + strength * direction[k]];
        return Decodings.Decode(
            model, NdArray.FromValues(moved, data.Count * strengths.Count, direction.Count), Decodings.Repeated(data, strengths.Count), input.Binarization);
    }

    private static bool[] Checked(Dataset data, string attribute)
    {
        var flags = Flags(data, attribute);
        return flags.Contains(true) && flags.Contains(false) ? flags
            : throw new VaeException($"attribute: must be there in some examples of {data.Name} and not in others, got {attribute} in {flags.Count(flag => flag)} of {flags.Length}");
    }

    [GeneratedRegex(@"^c(\d+)([=<>])(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)$")]
    private static partial Regex Comparison();
}
