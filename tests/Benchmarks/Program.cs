using Vae;
using Vae.Benchmarks;
using static TorchSharp.torch;

// benchmarks [mlp] [conv] [burda] [burda-50] [threads=2] [rounds=9] [milliseconds=300]
TorchRuntime.Load();
int Number(string name, int otherwise) => args.FirstOrDefault(a => a.StartsWith($"{name}=", StringComparison.Ordinal)) is { } given ? int.Parse(given[(name.Length + 1)..]) : otherwise;
set_num_threads(Number("threads", 2));
var route = MatrixProducts.Choose();
Console.WriteLine($"{get_num_threads()} threads, {Environment.ProcessorCount} cores; {route}");

var image = Shape.Image(1, 28, 28);
var pixels = new byte[60000 * 784];
new Random(1).NextBytes(pixels);
var data = Dataset.Of("noise", image, Pixels.OfBytes(pixels), Array.Empty<int>(), []);
var bytes = tensor(pixels).view(60000, 784);
var weighted = Objectives.ImportanceWeighted(50);

var all = new (string Name, Func<Contestant[]> Contestants)[]
{
    ("mlp", () => Contestants(Zoo.Mlp(image), Objectives.Elbo, 128, Textbook.Mlp(), Floors.Mlp())),
    ("conv", () => Contestants(Zoo.Conv(image), Objectives.Elbo, 128, Textbook.Conv(), Floors.Conv())),
    ("burda", () => Contestants(Zoo.Burda(image), Objectives.Elbo, 20, Textbook.Burda(1), Floors.Burda(1))),
    ("burda-50", () => Contestants(Zoo.Burda(image), weighted, 20, Textbook.Burda(50), Floors.Burda(50))),
};
var asked = args.Where(a => !a.Contains('=')).ToList();
foreach (var (name, contestants) in all.Where(a => asked.Count == 0 || asked.Contains(a.Name)))
{
    var them = contestants();
    Contest.Report(name, them, Contest.Run(them, Number("rounds", 9), Number("milliseconds", 300) / 1000.0));
}
Console.WriteLine($"resident: {Environment.WorkingSet >> 20} MiB");

Contestant[] Contestants(VaeSpec spec, Objective objective, int batch, Textbook textbook, Action floor) =>
[
    new("compiled", route.Name, Ours.Training(spec, objective, data, batch, StepRoute.Compiled)),
    new("autograd", route.Name, Ours.Training(spec, objective, data, batch, StepRoute.Autograd)),
    new("textbook", "default", textbook.Training(bytes, batch)),
    new("floor", route.Name, floor),
];
