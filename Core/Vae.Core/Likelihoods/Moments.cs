namespace Vae;

/// <summary>The mean and the variance of each value of an example over a training set, in the order of the example's values.</summary>
/// <param name="Means">One for each value.</param>
/// <param name="Variances">One for each value; ≥ 0.</param>
public sealed partial record Moments(ValueList<double> Means, ValueList<double> Variances)
{
    /// <summary>Number of values.</summary>
    public int Count => Means.Count;

    /// <summary>Those of consecutive values.</summary>
    internal Moments Slice(int start, int count) => new([.. Means.Skip(start).Take(count)], [.. Variances.Skip(start).Take(count)]);

    /// <summary>
    /// Those of each channel, of images [channels, height, width]: the mean over its positions, and the variance over positions and
    /// examples.
    /// </summary>
    internal Moments PerChannel(int channels)
    {
        var each = Means.Zip(Variances, (mean, variance) => (Mean: mean, Variance: variance)).Chunk(Count / channels)
            .Select(channel => (
                Mean: channel.Average(at => at.Mean), Square: channel.Average(at => at.Variance + at.Mean * at.Mean))).ToList();
        return new([.. each.Select(at => at.Mean)], [.. each.Select(at => Math.Max(0, at.Square - at.Mean * at.Mean))]);
    }

    /// <summary>The outputs of a decoder that gives several parameters for each value: all of the first and then all of the next.</summary>
    /// <param name="parameters">The parameters of a value from its mean and its variance, as many for each value.</param>
    internal ValueList<double> Outputs(Func<double, double, double[]> parameters)
    {
        double[][] each = [.. Means.Zip(Variances, parameters)];
        return each.Length == 0 ? [] : [.. Enumerable.Range(0, each[0].Length).SelectMany(which => each.Select(of => of[which]))];
    }
}
