using TorchSharp;
using static TorchSharp.torch;

namespace Vae.Torch;

/// <summary>Chooses the labelled examples of semi-supervised learning.</summary>
internal static class LabelledExamples
{
    /// <summary>
    /// Sets all but <paramref name="count"/> of the one-hot labels [N, classes] to zero, and returns which were kept. The classes take
    /// turns; within a class, the order is drawn by the seed.
    /// </summary>
    public static bool[] Forget(Tensor labels, int count, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var noise = new KeyedNoise(seed, CPU);
        var classes = labels.argmax(1).cpu().data<long>().ToArray();
        var order = noise.Permutation(labels.shape[0], Purpose.Label, 0).data<long>().ToArray();
        // The first of each class, then the second of each: balanced, as far as the classes have enough examples.
        var kept = order.GroupBy(i => classes[i]).SelectMany(group => group.Select((example, turn) => (example, turn, Class: group.Key)))
            .OrderBy(one => one.turn).ThenBy(one => one.Class).Take(count);
        var isKept = new bool[classes.Length];
        foreach (var (example, _, _) in kept)
            isKept[example] = true;
        labels.mul_(Array.ConvertAll(isKept, one => one ? 1f : 0f).ToTensor(labels.device, labels.shape[0], 1));
        return isKept;
    }
}
