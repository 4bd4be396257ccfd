using System.Globalization;
using System.Text.RegularExpressions;

namespace Vae.Torch;

/// <summary>Attribute vectors: latent directions of classes or known factors, added to codes or subtracted from them.</summary>
internal static partial class LatentAttributes
{
    /// <summary>The syntax of an attribute.</summary>
    public const string Forms = "the name of a class, or c0=VALUE, c0<VALUE or c0>VALUE of a condition value";

    /// <summary>Whether each example has an attribute: a class name, or a test of a condition value such as c1=2 or c0&gt;0.5.</summary>
    /// <exception cref="VaeException">The attribute does not parse, or names a condition value that the data do not have.</exception>
    public static bool[] Flags(Dataset data, string attribute)
    {
        if (data.Classes.ToList().IndexOf(attribute) is >= 0 and var label)
            return Array.ConvertAll(data.Labels.ToArray(), other => other == label);
        var classes = data.HasLabels ? $"the classes are {string.Join(", ", data.Classes)}" : "there are no labels";
        if (Comparison().Match(attribute) is not { Success: true } parts)
            throw new VaeException($"attribute: must be {Forms} ({classes}), got {attribute}");
        var place = int.TryParse(parts.Groups[1].Value, CultureInfo.InvariantCulture, out var at) ? at : int.MaxValue;
        if (place >= data.ConditionWidth)
            throw new VaeException(
                $"attribute: must name one of the {data.ConditionWidth} condition values of {data.Name}, counted from c0, got {attribute}");
        var value = float.Parse(parts.Groups[3].Value, CultureInfo.InvariantCulture);
        var values = data.ConditionValues.ToArray();
        return [.. Enumerable.Range(0, data.Count).Select(i => values[i * data.ConditionWidth + place])
            .Select(other => parts.Groups[2].Value switch { "<" => other < value, ">" => other > value, _ => other == value })];
    }

    /// <summary>The latent direction of a sum of attributes minus a sum of others; D values.</summary>
    /// <param name="input">A model with a latent, and examples with and without each attribute.</param>
    /// <param name="add">Attributes to add, in the syntax of <see cref="Flags"/>.</param>
    /// <param name="subtract">Attributes to subtract; at least one attribute must be added or subtracted.</param>
    /// <exception cref="VaeException">The model has no latent, there is no attribute, or all or no examples have one.</exception>
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

    /// <summary>Decodes the codes of examples after moving them along a direction, with each example's condition.</summary>
    /// <param name="input">A model with a latent, and N examples.</param>
    /// <param name="direction">D values.</param>
    /// <param name="strengths">Multiples of the direction; at least one, finite.</param>
    /// <returns>[N, strengths, ...] flat.</returns>
    /// <exception cref="VaeException">The direction or the strengths are out of range.</exception>
    public static float[] Moved(EvaluationInput input, ValueList<double> direction, ValueList<double> strengths)
    {
        var (model, data) = (input.Model, input.Data);
        VaeException.Require(
            direction.Count == model.Spec.Latent, "direction", $"must have {model.Spec.Latent} values, as codes have", direction.Count);
        VaeException.Require(
            strengths.Count > 0 && strengths.All(double.IsFinite), "strengths", "must be at least one number, all finite", strengths);
        double[] moved = [
            .. from code in new Evaluator(input).Encode().Means.ToArray().Chunk(direction.Count)
               from strength in strengths
               from k in Enumerable.Range(0, direction.Count)
               select code[k] + strength * direction[k]];
        return Decodings.Decode(
            model, NdArray.FromValues(moved, data.Count * strengths.Count, direction.Count), Decodings.Repeated(data, strengths.Count),
            input.Binarization);
    }

    private static bool[] Checked(Dataset data, string attribute)
    {
        var flags = Flags(data, attribute);
        return flags.Contains(true) && flags.Contains(false) ? flags
            : throw new VaeException(
                $"attribute: must hold for some examples of {data.Name} and not for others, "
                + $"got {attribute} for {flags.Count(flag => flag)} of {flags.Length}");
    }

    [GeneratedRegex(@"^c(\d+)([=<>])(-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)$")]
    private static partial Regex Comparison();
}
