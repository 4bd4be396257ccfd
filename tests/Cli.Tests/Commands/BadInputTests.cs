namespace Vae.Cli.Tests;

/// <summary>Nonsense ends with a sentence that says path, rule, got; with exit code 2; and with nothing made.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("frobnicate", "frobnicate")]
    [InlineData("train --bogus", "--bogus")]
    [InlineData("train --epochs ten", "ten")]
    [InlineData("train --data nowhere", "data: must be digits")]
    [InlineData("train --epochs many", "vae: epochs: must be a whole number in range, got many")]
    [InlineData("train --epochs 99999999999999", "vae: epochs: must be a whole number in range, got 99999999999999")]
    [InlineData("train --validation half", "vae: validation: must be a number, got half")]
    [InlineData("train --limit 100 --epochs 0 --batch 0 --latent -3", "train.epochs: must be at least 1, got 0")]
    [InlineData("train --limit 100 --epochs 0 --batch 0 --latent -3", "model.latent: must be at least 1, got -3")]
    [InlineData("train --limit 100 --beta often", "beta: must be a number, linear:FROM:TO:EPOCHS")]
    [InlineData("train --limit 100 --beta linear:0:1:50", "objective.beta: must settle within the run's 10 epochs, got 50 epochs")]
    [InlineData("train --limit 100 --lr -1", "train.learningRate")]
    [InlineData("train --limit 100 --likelihood bernoulli", "model.likelihood: bernoulli is a density of 0 and 1 only")]
    [InlineData("train --limit 100 --likelihood normal:0", "model.likelihood.scale.sigma: must be greater than 0")]
    [InlineData("train --limit 100 --objective iwae:0", "objective.samples: must be at least 1, got 0")]
    [InlineData("train --limit 100 --model alexnet", "model: must be one of mlp, conv, pyramid, burda")]
    [InlineData("train --limit 100 --model missing.json", "missing.json: must be a readable file")]
    [InlineData("train --limit 100 --binarize maybe", "binarize: must be none, threshold")]
    [InlineData("train --limit 100 --condition colour", "condition: must be none, label")]
    [InlineData("train --limit 100 --condition quadrants:4", "model.condition.observed: must lie in [1, 3], got 4")]
    [InlineData("train --limit 100 --condition quadrants:some",
        "condition: must be none, label, labels:CLASSES[:CLASSES...], vector or quadrants:N, got quadrants:some")]
    [InlineData("train --limit 100 --condition vector", "condition: must be none for digits, which has no condition values")]
    [InlineData("train --limit 100 --condition labels:3", "model.condition.classes: needs data with condition values")]
    [InlineData("train --limit 100 --prior conditional", "model.prior: conditional needs a model with a condition, got none")]
    [InlineData("train --limit 100 --prior flat", "prior: must be standard-normal, learned-normal, mixture:COMPONENTS, vamp:COMPONENTS,")]
    [InlineData("train --limit 100 --posterior line", "posterior: must be diagonal-normal, full-normal, flow:planar:COUNT,")]
    [InlineData("train --limit 100 --posterior flow:iaf:many", "posterior: must be diagonal-normal, full-normal, flow:planar:COUNT,")]
    [InlineData("train --limit 100 --prior uniform",
        "prior: must not be uniform with the posterior diagonal normal: there is no uniform distribution of real numbers, got uniform")]
    [InlineData("train --limit 100 --prior autoregressive:8",
        "prior: must not be autoregressive with the posterior diagonal normal: "
        + "autoregressive is over classes or codebook indices, got autoregressive:8")]
    [InlineData("train --limit 100 --posterior flow:maf:2",
        "model.posterior.steps[0]: must draw in one pass in a posterior (inverse autoregressive does)")]
    [InlineData("train --limit 100 --prior flow:planar:1", "model.prior.steps[0]: must have a density in one pass in a prior")]
    [InlineData("train --limit 100 --posterior categorical:3 --latent 10",
        "model.posterior.classes: must divide the length 10 of z, got 3")]
    [InlineData("train --limit 100 --posterior von-mises-fisher --prior mixture:3",
        "model.prior: must be a distribution on the support of the posterior von Mises–Fisher, "
        + "the unit sphere, got mixture of 3 normals")]
    [InlineData("train --limit 100 --posterior point --objective elbo",
        "objective: must be reconstruction, wae, rae or aae with the posterior point")]
    [InlineData("train --limit 100 --objective iwae:few", "objective: must be elbo, elbo:stl, iwae:SAMPLES")]
    [InlineData("train --limit 100 --objective miwae:0:5", "objective.bound.groups: must be at least 1, got 0")]
    [InlineData("train --limit 100 --objective elbo:dreg", "objective: must be elbo, elbo:stl")]
    [InlineData("train --limit 100 --posterior point --objective beta-tc:6",
        "objective: must be reconstruction, wae, rae or aae with the posterior point")]
    [InlineData("train --limit 100 --objective wae --beta 4", "beta: must be left out with the objective mmd 10")]
    [InlineData("train --limit 100 --objective m2:10", "objective: m2 needs a model whose condition is a label, got none")]
    [InlineData("train --limit 100 --condition label --objective m2:101",
        "objective.labelled: must be at most the 100 training examples, got 101")]
    [InlineData("train --limit 100 --posterior point --beta 4", "beta: must be left out with the objective reconstruction")]
    [InlineData("train --limit 100 --posterior point --condition label --prior conditional",
        "model.prior: must be standard normal with the posterior point")]
    [InlineData("train --limit 100 --device tpu", "device: must be cpu, cuda or cuda:N, got tpu")]
    [InlineData("train --limit 100 --threads -1", "threads: must be at least 0, got -1")]
    [InlineData("train --limit 100 --step fast", "step: must be auto, compiled or autograd")]
    [InlineData("train --limit 100 --precision half", "precision: must be f32, bf16 or tf32, got half")]
    [InlineData("train --limit 100 --precision tf32",
        "precision: tf32 needs an NVIDIA GPU, which can round products to it (--device cuda), got cpu")]
    [InlineData("spec --program --precision tf32", "precision: must be f32 or bf16 for a program, got tf32")]
    [InlineData("train --limit 100 --step autograd --precision bf16", "precision: bf16 needs the compiled step")]
    [InlineData("train --limit 100 --reduce 0.5", "reduce: needs --patience")]
    [InlineData("train --limit 100 --patience 2 --reduce half", "reduce: must be FACTOR or FACTOR:TIMES, got half")]
    [InlineData("train --limit 100 --patience 2 --reduce 2:0", "train.stopping.factor: must lie in (0, 1), got 2")]
    [InlineData("train --limit 100 --patience 2 --reduce 2:0", "train.stopping.times: must be at least 1, got 0")]
    [InlineData("train --limit 100 --skip 0", "train.clipping.above: must be greater than 0 and finite, got 0")]
    [InlineData("train --limit 100 --lr restarts:1:0:0:0.5", "train.learningRate.growth: must lie in [1, 100], got 0.5")]
    [InlineData("train --limit 100 --validation 1.5", "validation")]
    [InlineData("train --resume nowhere", "run: must be the folder of a run")]
    [InlineData("sweep --limit 100 --beta 1,often", "beta: must be a number, linear:FROM:TO:EPOCHS")]
    [InlineData("sweep --limit 100 --beta 1,2 --latent 2,-3 --epochs 0", "train.epochs: must be at least 1, got 0 (in every run)")]
    [InlineData("sweep --limit 100 --beta 1,2 --latent 2,-3 --epochs 0",
        "model.latent: must be at least 1, got -3 (in beta-1_latent--3, beta-2_latent--3)")]
    [InlineData("sweep --limit 100 --beta 1,,2", "beta: must be distinct values separated by commas, none empty, got 1,,2")]
    [InlineData("sweep --limit 100 --seeds 2 --seed 1,2", "seeds: must be left out with --seed")]
    [InlineData("sweep --limit 100 --seeds 0", "seeds: must be 1 to 10000, got 0")]
    [InlineData("sweep --epochs ten", "ten")]
    [InlineData("evaluate nowhere", "run: must be the folder of a run")]
    [InlineData("sample nowhere", "run: must be the folder of a run")]
    [InlineData("sample nowhere --sampler gan", "sampler: must be prior, mixture[:COMPONENTS], best-mixture[:MAX], two-stage[:WIDTH], flow")]
    [InlineData("doctor nowhere", "run: must be the folder of a run")]
    [InlineData("spec mlp --input 0x1", "input: must be LENGTH or CHANNELSxHEIGHTxWIDTH, got 0x1")]
    [InlineData("spec conv --input 10", "model: conv needs images")]
    [InlineData("spec mlp --program --batch 0", "train.batch: must be at least 1, got 0")]
    [InlineData("spec mlp --program --objective iwae:0", "objective.samples: must be at least 1, got 0")]
    [InlineData("spec mlp --program --objective best", "objective: must be elbo, elbo:stl, iwae:SAMPLES")]
    [InlineData("data nowhere", "data: must be digits")]
    public void NonsenseIsExplained(string line, string sentence)
    {
        var words = line.Split(' ');
        string[] args = words[0] is "train" or "sweep" && !line.Contains("--resume") ? [.. words, "--out", cli.Path("run")] : words;
        var called = Cli.Call(args);
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains(sentence, called.Error);
        Assert.DoesNotContain("   at ", called.Error);
        Assert.False(Directory.Exists(cli.Path("run")));
    }

    [Fact]
    public void AGpuThatIsNotThereIsExplained()
    {
        if (TorchSharp.torch.cuda.is_available())
            return;
        var called = Cli.Call("train", "--limit", "100", "--device", "cuda", "--precision", "tf32", "--out", cli.Path("run"));
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains(
            "device: cuda needs an NVIDIA GPU and the CUDA backend (build with -p:TorchBackend=cuda-linux or cuda-windows", called.Error);
        Assert.False(Directory.Exists(cli.Path("run")));
    }

    [Fact]
    public void ARunIsNeverOverwritten()
    {
        var run = cli.Trained("run");
        var called = Cli.Call(["train", .. Cli.Tiny, "--out", run]);
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains("out: must be a new or empty folder", called.Error);
    }

    [Fact]
    public void ARunWithoutValidationHasNoBestEpoch()
    {
        var called = Cli.Call("evaluate", cli.Trained("run"), "--best");
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains(
            "must have a best epoch (train with a validation set: data.validation above 0), got no best.safetensors", called.Error);
    }

    [Fact]
    public void AResumedRunKeepsWhatItTrains()
    {
        var called = Cli.Call("train", "--resume", cli.Trained("run"), "--seed", "4");
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains("seed: must be left out with --resume", called.Error);
    }

    [Fact]
    public void APictureThatARunCannotHaveIsExplained()
    {
        var run = cli.Trained("run");
        foreach (var (kind, sentence) in new[] { ("portrait", "kind: must be one of class-sheet"), ("manifold", "2"), ("scatter", "2"),
            ("class-sheet", "model.condition") })
        {
            var called = Cli.Call("picture", run, kind);
            Assert.Equal(VaeCommand.BadInput, called.Code);
            Assert.Contains(sentence, called.Error);
        }
    }

    [Fact]
    public void ATornRunFolderIsExplained()
    {
        var run = cli.Trained("run");
        var weights = Path.Combine(run, "model.safetensors");
        File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..1000]);
        var called = Cli.Call("evaluate", run);
        Assert.Equal(VaeCommand.BadInput, called.Code);
        Assert.Contains("model.safetensors", called.Error);
    }
}
