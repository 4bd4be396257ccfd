using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Vae.Torch;

/// <summary>Whether the model answers: a row of its means is scored like a request's.</summary>
internal sealed class VaeHealthCheck(VaeService service) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            var codes = await service.EncodeAsync(new float[service.Width], cancellationToken).ConfigureAwait(false);
            return codes.All(float.IsFinite) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("codes are not finite");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy(e.Message, e);
        }
    }
}
