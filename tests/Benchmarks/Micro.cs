using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Vae.Benchmarks;

/// <summary>Small operations under BenchmarkDotNet, within this process: a generated project would need the natives once more.</summary>
internal static class Micro
{
    public static int Run(string[] args)
    {
        TorchRuntime.Load();
        var config = ManualConfig.CreateEmpty()
            .WithCultureInfo(CultureInfo.InvariantCulture)
            .AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance))
            .AddLogger(ConsoleLogger.Default)
            .AddColumnProvider(DefaultColumnProviders.Instance)
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddExporter(MarkdownExporter.GitHub);
        var asks = args.Any(arg => arg is "--list" or "--help" or "--info" or "--version");
        // Without a filter it would ask, and there may be nobody to answer.
        string[] all = asks || args.Any(arg => arg is "--filter" or "-f") ? args : ["--filter", "*", .. args];
        var summaries = BenchmarkSwitcher.FromAssembly(typeof(Micro).Assembly).Run(all, config).ToList();
        return (asks || summaries.Count > 0)
            && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success)) ? 0 : 1;
    }
}
