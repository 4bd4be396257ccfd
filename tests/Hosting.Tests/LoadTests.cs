using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Vae.Hosting.Sample;
using Xunit.Abstractions;

namespace Vae.Hosting.Tests;

/// <summary>Many requests of several clients at once.</summary>
public sealed class LoadTests(Served served, ITestOutputHelper output) : IClassFixture<Served>
{
    private const int Clients = 8;

    private static int Requests => int.Parse(
        Environment.GetEnvironmentVariable("VAE_LOAD_REQUESTS") ?? "1000", CultureInfo.InvariantCulture);

    [Fact]
    public async Task EveryAnswerIsRightAndMemoryStaysFlat()
    {
        await using var app = SampleService.Create(served.Run, ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient { BaseAddress = new(address) };
        Assert.Equal("Healthy", await client.GetStringAsync("/health"));
        var vae = app.Services.GetRequiredService<VaeService>();
        var expected = Served.Rows.Select(cells => Expected(vae, vae.Row(cells))).ToArray();

        var (warmUp, times, began) = (Requests / 10, new double[Requests], Stopwatch.GetTimestamp());
        await Send(client, expected, 0, warmUp, times);
        var before = Resident();
        await Send(client, expected, warmUp, Requests, times);
        var (seconds, after) = (Stopwatch.GetElapsedTime(began).TotalSeconds, Resident());
        Array.Sort(times);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Requests} requests by {Clients} clients in {seconds:0.0} s, {Requests / seconds:0} per second; "
            + $"median {times[Requests / 2]:0.00} ms, 99 % within {times[Requests * 99 / 100]:0.00} ms; "
            + $"resident memory {before:0} MiB after a tenth, {after:0} MiB at the end"));
        Assert.InRange(after, 0, before + 100);
    }

    [Fact]
    public async Task AWrongRequestIsAnsweredWithASentence()
    {
        await using var app = SampleService.Create(served.Run, ["--urls", "http://127.0.0.1:0", "--Logging:LogLevel:Default=Warning"]);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        using var client = new HttpClient { BaseAddress = new(address) };
        using var answer = await client.PostAsJsonAsync("/score", new { size = "large", kind = "pink", number = 1 });
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var error = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetString()!;
        Assert.Contains("size: must be a number", error);
        Assert.Contains("kind: must be one of", error);
    }

    private static (float[] Codes, double Score) Expected(VaeService vae, float[] row)
    {
        var matrix = VaeServiceTests.Matrix(row);
        return ([.. vae.Model.Codes(matrix).Cast<float>()], vae.Model.ScoreEach(matrix).NegLogLikelihood[0]);
    }

    // Requests first … last − 1, those of one client after each other.
    private static Task Send(HttpClient client, (float[] Codes, double Score)[] expected, int first, int last, double[] times)
    {
        var next = first - 1;
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            for (int i; (i = Interlocked.Increment(ref next)) < last;)
            {
                var (row, began) = (i % Served.Rows.Count, Stopwatch.GetTimestamp());
                if (i / Served.Rows.Count % 2 == 0)
                {
                    var codes = (await Ask(client, "/encode", row)).GetProperty("codes").EnumerateArray();
                    Assert.Equal(expected[row].Codes, codes.Select(value => value.GetSingle()), (a, b) => Math.Abs(a - b) < 1e-4);
                }
                else
                    Assert.Equal(expected[row].Score, (await Ask(client, "/score", row)).GetProperty("score").GetDouble(), 1e-4);
                times[i] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        }));
    }

    private static async Task<JsonElement> Ask(HttpClient client, string path, int row)
    {
        using var answer = await client.PostAsJsonAsync(path, Served.Rows[row]);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static double Resident()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64 / 1048576.0;
    }
}
