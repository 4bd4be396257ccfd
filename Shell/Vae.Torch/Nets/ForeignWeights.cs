namespace Vae.Torch;

/// <summary>Takes in weights that another program trained, such as PyTorch, from a safetensors file. Pickles, which can execute code,
/// are not read.</summary>
public static class ForeignWeights
{
    /// <summary>Loads weights whose tensors have other names.</summary>
    /// <param name="weights">The weights of a model with the same layers.</param>
    /// <param name="path">A safetensors file; F64, F32 or BF16.</param>
    /// <param name="names">
    /// The file's names by the model's (<see cref="Weights.Layout"/>). Several names are joined along the first axis, as the separate
    /// layers for means and log-variances of an encoder. A tensor that the map leaves out has the same name in the file.
    /// </param>
    /// <exception cref="VaeException">
    /// The file cannot be read, or tensors are missing or have another shape; the message lists them all.
    /// </exception>
    /// <example>
    /// <code>
    /// using var model = new VaeModel(Zoo.Mlp(Shape.Image(1, 28, 28), latent: 20));
    /// model.Weights.LoadMapped("vae.safetensors", new Dictionary&lt;string, ValueList&lt;string&gt;&gt;
    /// {
    ///     ["encoder.1.weight"] = ["fc1.weight"], ["encoder.1.bias"] = ["fc1.bias"],
    ///     ["encoder.3.weight"] = ["fc21.weight", "fc22.weight"], ["encoder.3.bias"] = ["fc21.bias", "fc22.bias"],
    ///     ["decoder.0.weight"] = ["fc3.weight"], ["decoder.0.bias"] = ["fc3.bias"],
    ///     ["decoder.2.weight"] = ["fc4.weight"], ["decoder.2.bias"] = ["fc4.bias"],
    /// });
    /// </code>
    /// </example>
    public static void LoadMapped(this Weights weights, string path, IReadOnlyDictionary<string, ValueList<string>> names)
    {
        var file = SafeTensors.Read(path);
        var theirs = file.Tensors.ToDictionary(tensor => tensor.Name);
        ValueList<string> Theirs(string name) => names.TryGetValue(name, out var mapped) ? mapped : [name];
        VaeException.ThrowIfAny([
            .. names.Keys.Except(weights.Layout.Select(parameter => parameter.Name))
                .Select(name => new Problem($"names.{name}", "must be a tensor of the model", "none")),
            .. weights.Layout.SelectMany(parameter => Problems(parameter, Theirs(parameter.Name), theirs))]);
        var renamed = weights.Layout.Select(parameter => Joined(parameter.Name, [.. Theirs(parameter.Name).Select(name => theirs[name])]));
        weights.Load(new SafeTensorFile([.. renamed], file.Metadata), path);
    }

    private static IEnumerable<Problem> Problems(Parameter parameter, ValueList<string> names, Dictionary<string, SafeTensor> theirs)
    {
        var missing = names.Where(name => !theirs.ContainsKey(name)).ToList();
        if (missing.Count > 0 || names.Count == 0)
            return [new(
                parameter.Name, $"must be one of the file's tensors ({string.Join(", ", theirs.Keys)})", string.Join(", ", missing))];
        var shapes = names.Select(name => theirs[name].Shape).ToList();
        var isJoined = shapes.All(shape => shape.Count > 0 && shape.Skip(1).SequenceEqual(shapes[0].Skip(1)))
            && names.Select(name => theirs[name].Dtype).Distinct().Count() == 1;
        long[] joined = isJoined ? [shapes.Sum(shape => shape[0]), .. shapes[0].Skip(1)] : [];
        return joined.SequenceEqual(parameter.Shape.Dims.Select(dim => (long)dim)) ? []
            : [new(parameter.Name, $"must have the shape {parameter.Shape}",
                string.Join(" and ", shapes.Select(shape => string.Join('×', shape))))];
    }

    private static SafeTensor Joined(string name, SafeTensor[] parts)
    {
        var data = new byte[parts.Sum(part => part.Data.Length)];
        var start = 0;
        foreach (var part in parts)
        {
            part.Data.Span.CopyTo(data.AsSpan(start));
            start += part.Data.Length;
        }
        return new(name, parts[0].Dtype, [parts.Sum(part => part.Shape[0]), .. parts[0].Shape.Skip(1)], data);
    }
}
