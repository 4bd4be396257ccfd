using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Vae.Torch;

/// <summary>Adds served models to an application.</summary>
public static class VaeServices
{
    /// <summary>Adds the model of a run as a singleton <see cref="VaeService"/>, loaded when it is first asked for.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="options">Sizes and draws; null for the defaults.</param>
    public static IServiceCollection AddVae(this IServiceCollection services, string folder, VaeServiceOptions? options = null) =>
        services.AddSingleton(provider => Create(provider, folder, options));

    /// <summary>Adds the model of a run under a key, for applications with several.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="key">The key, for <c>[FromKeyedServices]</c>.</param>
    /// <param name="folder">The run folder.</param>
    /// <param name="options">Sizes and draws; null for the defaults.</param>
    public static IServiceCollection AddKeyedVae(
        this IServiceCollection services, object key, string folder, VaeServiceOptions? options = null) =>
        services.AddKeyedSingleton(key, (provider, _) => Create(provider, folder, options));

    /// <summary>Adds a check that the application's <see cref="VaeService"/> answers.</summary>
    /// <param name="checks">The application's health checks.</param>
    /// <param name="name">The name of the check.</param>
    public static IHealthChecksBuilder AddVae(this IHealthChecksBuilder checks, string name = "vae") =>
        checks.AddCheck<VaeHealthCheck>(name);

    private static VaeService Create(IServiceProvider provider, string folder, VaeServiceOptions? options) => new(
        RunFolder.Open(folder), options ?? new(), provider.GetService<ILogger<VaeService>>() ?? NullLogger<VaeService>.Instance,
        provider.GetService<IMeterFactory>());
}
