using static TorchSharp.torch;

namespace Vae.Benchmarks;

/// <summary>Encoding and decoding ten thousand images, as the library does and as one writes it with TorchSharp alone.</summary>
internal static class Inference
{
    public const string Encode = "encode", Decode = "decode", BaselineEncode = "baseline-encode", BaselineDecode = "baseline-decode";

    private const int Images = 10_000;

    public static int Run(PairedOptions options)
    {
        Console.WriteLine(
            $"{options.Threads} threads, {Environment.ProcessorCount} cores; {Images} images a call; medians over alternating turns");
        Console.WriteLine($"{"",-11}{"images/s",10}{"÷ baseline",15}");
        foreach (var match in options.Models)
            foreach (var (ours, theirs) in new[] { (Encode, BaselineEncode), (Decode, BaselineDecode) })
            {
                var turns = Paired.Measure(match with { Batch = Images }, [ours, theirs], options);
                Console.WriteLine(FormattableString.Invariant(
                    $"{match.Name,-4}{ours,-7}{turns[0].ImagesPerSecond,10:0}{turns[0].Over(turns[1]),15:0.00}"));
            }
        return 0;
    }

    /// <summary>A call of a contestant: all images at once.</summary>
    public static Action Call(string who, Match match, byte[] pixels)
    {
        var few = pixels[..(int)(Images * match.Spec.Input.Size)];
        return who switch
        {
            Encode => OurEncode(match, few),
            Decode => OurDecode(match),
            BaselineEncode => match.Baseline().Encoding(tensor(few).view(Images, -1)),
            _ => match.Baseline().Decoding(randn(Images, match.Spec.Latent)),
        };
    }

    private static Action OurEncode(Match match, byte[] pixels)
    {
        var model = new VaeModel(match.Spec, 1);
        var evaluator = new Evaluator(model, Dataset.Create("noise", match.Spec.Input, Pixels.OfBytes(pixels), Array.Empty<int>(), []),
            Binarizations.None);
        return () => evaluator.Encode();
    }

    private static Action OurDecode(Match match)
    {
        var model = new VaeModel(match.Spec, 1);
        var z = randn(Images, match.Spec.Latent);
        return () =>
        {
            using var scope = NewDisposeScope();
            using var noGrad = inference_mode(true);
            model.DecodeMean(z);
        };
    }
}
