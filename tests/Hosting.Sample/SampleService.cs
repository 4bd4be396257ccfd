using System.Text.Json;
using Vae.Torch;

namespace Vae.Hosting.Sample;

/// <summary>A web service that encodes and scores rows of a table.</summary>
public static class SampleService
{
    /// <summary>The service of a run.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="args">Arguments of the host, such as <c>--urls http://localhost:5000</c>.</param>
    public static WebApplication Create(string run, string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        // With OpenTelemetry: builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(VaeService.MeterName))
        builder.Services.AddVae(run);
        builder.Services.AddHealthChecks().AddVae();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.WriteIndented = false);

        var app = builder.Build();
        app.MapHealthChecks("/health");
        app.MapPost("/encode", async (Dictionary<string, JsonElement> cells, VaeService vae, CancellationToken stop) =>
            await Answer(async () => new { Codes = await vae.EncodeAsync(vae.Row(Texts(cells)), stop) }));
        app.MapPost("/score", async (Dictionary<string, JsonElement> cells, VaeService vae, CancellationToken stop) =>
            await Answer(() => vae.ScoreAsync(vae.Row(Texts(cells)), stop)));
        return app;
    }

    // What a request got wrong is said in one sentence for each cell.
    private static async Task<IResult> Answer<T>(Func<Task<T>> ask)
    {
        try
        {
            return Results.Ok(await ask());
        }
        catch (VaeException e)
        {
            return Results.BadRequest(new { Error = e.Message });
        }
    }

    // Numbers and truth values may stand in JSON as they are.
    private static Dictionary<string, string?> Texts(Dictionary<string, JsonElement> cells) => cells.ToDictionary(cell => cell.Key, cell =>
        cell.Value.ValueKind is JsonValueKind.Null ? null : cell.Value.ToString());
}
