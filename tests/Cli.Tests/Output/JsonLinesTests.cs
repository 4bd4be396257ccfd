using System.Globalization;
using System.Text.Json;

namespace Vae.Cli.Tests;

public class JsonLinesTests
{
    private static string Written(params ValueList<TrainEvent> events)
    {
        using var output = new StringWriter();
        Outputs.Json(output, Events.Playing(events));
        return output.ToString();
    }

    private static JsonElement Parsed(TrainEvent value) => JsonDocument.Parse(Written(value)).RootElement;

    [Fact]
    public void EveryEventIsOneLineOfJson()
    {
        var lines = Written(Events.Run).Split('\n');
        Assert.Equal("", lines[^1]);
        Assert.Equal(Events.Run.Count, lines.Length - 1);
        Assert.Equal(
            ["started", "progress", "epoch", "progress", "epoch", "progress", "epoch", "completed"],
            lines[..^1].Select(line => JsonDocument.Parse(line).RootElement.GetProperty("event").GetString()!));
    }

    [Fact]
    public void TheLastLineHoldsTheResult() => Assert.Equal(
        """{"event":"completed","run":"runs/one","outcome":"completed","epochs":3,"seconds":151.4,"imagesPerSecond":24001.5"""
        + ""","train":{"negElbo":112.75,"reconstruction":87.25,"kl":25.5}"""
        + ""","test":{"negElbo":112.625,"reconstruction":88.125,"kl":24.5},"note":""}"""
        + "\n",
        Written(new TrainEvent.Ended(Events.Result())));

    [Fact]
    public void AnEpochLineHoldsItsMetrics() => Assert.Equal(
        """{"event":"epoch","epoch":2,"step":200,"seconds":5,"imagesPerSecond":24002.5,"learningRate":0.001,"beta":1"""
        + ""","train":{"negElbo":113.75,"reconstruction":88.25,"kl":25.5}"""
        + ""","test":{"negElbo":113.625,"reconstruction":89.125,"kl":24.5},"skipped":0}"""
        + "\n",
        Written(new TrainEvent.EpochEnded(Events.Entry(2))));

    [Fact]
    public void AValidationSetIsNotCalledTest()
    {
        var epoch = JsonDocument.Parse(Written(Events.Started(validation: 0.1), new TrainEvent.EpochEnded(Events.Entry(1))).Split('\n')[1])
            .RootElement;
        Assert.Equal(24.5, epoch.GetProperty("validation").GetProperty("kl").GetDouble());
        Assert.False(epoch.TryGetProperty("test", out _));
    }

    [Fact]
    public void NumbersAreTheSameInEveryCulture()
    {
        var before = CultureInfo.CurrentCulture;
        var here = Written(Events.Run);
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NegativeSign = "~" } };
            Assert.Equal(here, Written(Events.Run));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void WhatIsNotFiniteIsNullAndTheLineStillParses()
    {
        var nothing = new Terms(double.NaN, double.PositiveInfinity, 1);
        var train = Parsed(new TrainEvent.Ended(Events.Result() with { Train = nothing, Outcome = Outcome.StoppedEarly }));
        Assert.Equal(JsonValueKind.Null, train.GetProperty("train").GetProperty("negElbo").ValueKind);
        Assert.Equal("stoppedEarly", train.GetProperty("outcome").GetString());
        var diverged = Parsed(new TrainEvent.NotFinite(7, "kl", double.NegativeInfinity));
        Assert.Equal(("diverged", 7, "kl", "-Infinity"), (
            diverged.GetProperty("event").GetString(), diverged.GetProperty("step").GetInt32(), diverged.GetProperty("term").GetString(),
            diverged.GetProperty("value").GetString()));
    }

    [Fact]
    public void WhatHasNotHappenedIsNull()
    {
        var line = Parsed(new TrainEvent.Ended(Events.Result() with { Epochs = 0, Outcome = Outcome.Interrupted }));
        Assert.Equal(JsonValueKind.Null, line.GetProperty("train").ValueKind);
        Assert.Equal(JsonValueKind.Null, line.GetProperty("imagesPerSecond").ValueKind);
        Assert.Equal(JsonValueKind.Object, line.GetProperty("test").ValueKind);
    }

    [Fact]
    public void NamesAreEscaped()
    {
        const string name = "a\"b\n\u0001[red]é";
        Assert.Equal(name, Parsed(Events.Started(source: name)).GetProperty("data").GetString());
        Assert.Single(Written(Events.Started(source: name)).TrimEnd('\n').Split('\n'));
    }
}
