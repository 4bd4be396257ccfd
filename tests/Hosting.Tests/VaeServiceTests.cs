using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace Vae.Hosting.Tests;

public sealed class VaeServiceTests(Served served) : IClassFixture<Served>
{
    private ServiceProvider Services(VaeServiceOptions? options = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMetrics();
        services.AddVae(served.Run, options);
        services.AddKeyedVae("other", served.Run);
        services.AddHealthChecks().AddVae();
        return services.BuildServiceProvider();
    }

    [Fact]
    public async Task ARowHasTheAnswerOfTheModelAloneAndAmongOthers()
    {
        await using var services = Services();
        var vae = services.GetRequiredService<VaeService>();
        var rows = Served.Rows.Select(vae.Row).ToArray();
        var answers = await Task.WhenAll(rows.Select(row => vae.ScoreAsync(row)));
        var codes = await Task.WhenAll(rows.Select(row => vae.EncodeAsync(row)));
        for (var i = 0; i < rows.Length; i++)
        {
            var alone = vae.Model.ScoreEach(Matrix(rows[i]));
            Assert.Equal(alone.NegLogLikelihood[0], answers[i].Score, 1e-4);
            Assert.Equal(alone.NegElbo[0], answers[i].NegElbo, 1e-4);
            Assert.Equal(answers[i].NegElbo, answers[i].Shares.Sum(share => share.Nats), 1e-6);
            Assert.True(answers[i].Score <= answers[i].NegElbo + 1e-6);
            Assert.Equal(vae.Model.Codes(Matrix(rows[i])).Cast<float>(), codes[i], (a, b) => Math.Abs(a - b) < 1e-4);
        }
        Assert.Equal(["size", "kind", "number", "the code"], answers[0].Shares.Select(share => share.Column));
        // The bound of many draws is that of another estimator of it.
        var other = vae.Model.Score(Matrix(rows[1]), new(ImportanceSamples: 5000, Seed: 3)).NegLogLikelihood[0];
        Assert.Equal(other, vae.Model.ScoreEach(Matrix(rows[1]), samples: 5000).NegLogLikelihood[0], 0.15);
    }

    [Fact]
    public async Task WhatACellMustBeIsSaid()
    {
        await using var services = Services();
        var vae = services.GetRequiredService<VaeService>();
        Assert.Contains("kind: must be one of ", Assert.Throws<VaeException>(
            () => vae.Row(new Dictionary<string, string?> { ["kind"] = "pink" })).Message);
        Assert.Equal("row: must have the 3 values of the model's input, got 2",
            (await Assert.ThrowsAsync<VaeException>(() => vae.EncodeAsync([1, 2]))).Message);
        Assert.Equal("number: must be finite, got Infinity",
            (await Assert.ThrowsAsync<VaeException>(() => vae.ScoreAsync([1, 0, float.PositiveInfinity]))).Message);
        // One wrong row fails no other.
        Assert.Equal(2, (await vae.EncodeAsync([float.NaN, 0, 1])).Length);
    }

    [Fact]
    public async Task ACancelledRequestEndsAndOthersGoOn()
    {
        await using var services = Services();
        var vae = services.GetRequiredService<VaeService>();
        var row = vae.Row(Served.Rows[0]);
        using var stop = new CancellationTokenSource();
        var asked = Enumerable.Range(0, 200).Select(i => vae.ScoreAsync(row, i % 2 == 0 ? stop.Token : default)).ToArray();
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => vae.ScoreAsync(row, stop.Token));
        var expected = await vae.ScoreAsync(row);
        foreach (var (task, i) in asked.Select((task, i) => (task, i)))
            if (i % 2 == 1)
                Assert.Equal(expected.Score, (await task).Score, 1e-4);
            else
                await Task.WhenAny(task);
    }

    [Fact]
    public async Task ADisposedServiceAnswersWhatWaitsAndRefusesTheRest()
    {
        var services = Services();
        var vae = services.GetRequiredService<VaeService>();
        var row = vae.Row(Served.Rows[0]);
        var asked = Enumerable.Range(0, 50).Select(_ => vae.EncodeAsync(row)).ToArray();
        await Task.Delay(20);
        await services.DisposeAsync();
        Assert.All(await Task.WhenAll(asked), codes => Assert.Equal(2, codes.Length));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => vae.EncodeAsync(row));
        vae.Dispose();
    }

    [Fact]
    public async Task HealthKeysAndMetersAreThere()
    {
        await using var services = Services();
        var counts = new Dictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == VaeService.MeterName)
                    own.EnableMeasurementEvents(instrument);
            },
        };
        void Add(Instrument instrument, double value)
        {
            lock (counts)
                counts[instrument.Name] = counts.GetValueOrDefault(instrument.Name) + value;
        }
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Add(instrument, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => Add(instrument, value));
        listener.Start();
        var health = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, health.Status);
        var vae = services.GetRequiredKeyedService<VaeService>("other");
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => vae.EncodeAsync(vae.Row(Served.Rows[0]))));
        await vae.DisposeAsync();
        Assert.Equal((21, 21, 0), (counts["vae.requests"], counts["vae.batch.size"], counts["vae.queue.length"]));
        Assert.True(counts["vae.request.duration"] > 0);
    }

    [Fact]
    public void ARunThatCannotBeServedIsRefused()
    {
        using var wrong = Services(new(MaxBatch: 0));
        Assert.Equal("maxBatch: must be at least 1, got 0",
            Assert.Throws<VaeException>(() => wrong.GetRequiredService<VaeService>()).Message);
        using var absent = new ServiceCollection().AddVae("nowhere").BuildServiceProvider();
        Assert.Contains("run: must be the folder of a run",
            Assert.Throws<VaeException>(() => absent.GetRequiredService<VaeService>()).Message);
    }

    internal static float[,] Matrix(float[] row)
    {
        var matrix = new float[1, row.Length];
        Buffer.BlockCopy(row, 0, matrix, 0, sizeof(float) * row.Length);
        return matrix;
    }
}
