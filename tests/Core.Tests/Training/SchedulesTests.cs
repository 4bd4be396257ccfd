using FsCheck.Xunit;

namespace Vae.Tests;

public class SchedulesTests
{
    [Property(Replay = "51,53", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void AValueLiesBetweenTheEndsOfItsParts(Schedule schedule, uint at)
    {
        var (low, high) = Range(schedule);
        Assert.InRange(Schedules.At(schedule, Time(at)), low, high);
    }

    [Property(Replay = "51,55", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void AskingChangesNothing(Schedule schedule, uint at, uint between)
    {
        var first = Schedules.At(schedule, Time(at));
        _ = Schedules.At(schedule, Time(between));
        Assert.Equal(first, Schedules.At(schedule, Time(at)));
    }

    [Property(Replay = "51,57", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void ASettledScheduleStays(Schedule schedule, uint after)
    {
        var settled = Schedules.Settled(schedule);
        // Times within a nested schedule are differences, so the very moment is met up to rounding.
        if (double.IsFinite(settled))
            Assert.Equal(Schedules.At(schedule, 1e6), Schedules.At(schedule, settled + 1e-9 + Time(after)));
    }

    [Theory]
    [InlineData(0, 1, 4)]
    [InlineData(0.3, 0.1, 0.7)]
    [InlineData(2, 2, 1e-3)]
    public void ARampMeetsBothItsEnds(double from, double to, double epochs) => Assert.All(
        Ramps(from, to, epochs),
        ramp => Assert.Equal([from, to, to, to], new[] { 0, epochs, epochs * 1.5, double.MaxValue }.Select(t => Schedules.At(ramp, t))));

    [Theory]
    [InlineData(0, 1, 4)]
    [InlineData(0.3, 0.1, 0.7)]
    public void ARampIsHalfwayInTheMiddleAndGoesOneWay(double from, double to, double epochs) => Assert.All(
        Ramps(from, to, epochs), ramp =>
        {
            var values = Enumerable.Range(0, 1001).Select(i => Schedules.At(ramp, epochs * i / 1000)).ToArray();
            Assert.Equal((from + to) / 2, values[500], 1e-12);
            Assert.Equal(from < to ? values.Order() : values.OrderDescending(), values);
        });

    [Property(Replay = "51,59", MaxTest = 300)]
    public void ARampIsContinuous(uint at)
    {
        // Each curve's slope is bounded: by 1, π/2, and by steepness/4 stretched, which for 40 stays below 11.
        const double step = 1e-7;
        Assert.All(Ramps(0, 1, 1).Append(Schedules.Sigmoid(0, 1, 1, 40)), ramp =>
            Assert.InRange(Math.Abs(Schedules.At(ramp, Time(at) + step) - Schedules.At(ramp, Time(at))), 0, 11 * step));
    }

    [Fact]
    public void ALinearRampIsALine() =>
        Assert.Equal([1, 1.5, 2, 3], new[] { 0.0, 1, 2, 4 }.Select(t => Schedules.At(Schedules.Linear(1, 3, 4), t)));

    [Fact]
    public void ACosineRampIsHalfAWave() => Assert.Equal((1 - Math.Sqrt(0.5)) / 2, Schedules.At(Schedules.Cosine(0, 1, 4), 1), 1e-15);

    [Fact]
    public void ALogisticRampIsASigmoidStretched()
    {
        static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
        var expected = (Sigma(6 * (0.2 - 0.5)) - Sigma(-3)) / (Sigma(3) - Sigma(-3));
        Assert.Equal(expected, Schedules.At(Schedules.Sigmoid(0, 1, 10, 6), 2), 1e-14);
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(1e-12)]
    public void AnAlmostFlatLogisticIsALine(double steepness) =>
        Assert.Equal(0.25, Schedules.At(Schedules.Sigmoid(0, 1, 1, steepness), 0.25), 1e-9);

    [Fact]
    public void AnEndlesslySteepLogisticIsAStep() =>
        Assert.Equal([0, 0.5, 1], new[] { 0.4999, 0.5, 0.5001 }.Select(t => Schedules.At(Schedules.Sigmoid(0, 1, 1, double.MaxValue), t)));

    [Fact]
    public void ACycleRisesHoldsAndRestarts()
    {
        var schedule = Schedules.Cyclical(0, 2, 4, 0.5);
        Assert.Equal([0, 1, 2, 2, 0, 1], new double[] { 0, 1, 2, 3.5, 4, 9 }.Select(t => Schedules.At(schedule, t)));
        Assert.Equal(double.PositiveInfinity, Schedules.Settled(schedule));
    }

    [Fact]
    public void TheNextScheduleCountsFromTheChange()
    {
        var schedule = Schedules.Then(Schedules.Linear(0, 1, 2), 3, Schedules.Linear(5, 6, 2));
        Assert.Equal([0, 0.5, 1, 5, 5.5, 6], new double[] { 0, 1, 2.5, 3, 4, 100 }.Select(t => Schedules.At(schedule, t)));
        Assert.Equal(5, Schedules.Settled(schedule));
    }

    [Fact]
    public void AWarmRestartReturnsToTheStartEachPeriod()
    {
        var schedule = Schedules.WarmRestarts(1, 0, 2);
        Assert.Equal([1, 0.5, 1, 0.5, 1], new double[] { 0, 1, 2, 7, 40 }.Select(t => Math.Round(Schedules.At(schedule, t), 12)));
        Assert.Equal(double.PositiveInfinity, Schedules.Settled(schedule));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1.5)]
    [InlineData(1.0000001)]
    [InlineData(100)]
    public void PeriodsGrowAndTheCycleStretchesWithThem(double growth)
    {
        var schedule = Schedules.WarmRestarts(1, 0, 3, growth);
        var start = 0.0;
        for (var n = 0; n < 6; n++)
        {
            var length = 3 * Math.Pow(growth, n);
            foreach (var part in new[] { 0.001, 0.25, 0.5, 0.999 })
                Assert.Equal((1 + Math.Cos(Math.PI * part)) / 2, Schedules.At(schedule, start + part * length), 1e-6);
            start += length;
        }
    }

    [Property(Replay = "51,61", MaxTest = 500, Arbitrary = [typeof(Generators)])]
    public void RestartsOfOnePeriodRepeatTheSchedule(Schedule cycle, uint at)
    {
        var time = Time(at) / 8;
        Assert.Equal(Schedules.At(cycle, time), Schedules.At(Schedules.Restarts(cycle, 8), time + 24), 1e-6);
    }

    private static Schedule[] Ramps(double from, double to, double epochs) =>
        [Schedules.Linear(from, to, epochs), Schedules.Cosine(from, to, epochs), Schedules.Sigmoid(from, to, epochs),
            Schedules.Sigmoid(from, to, epochs, 0.5)];

    // Random times in [0, 40) epochs, at any fraction.
    private static double Time(uint at) => at * 2654435761u / 4294967296.0 * 40;

    private static (double Low, double High) Range(Schedule schedule) => schedule.Match(
        constant: s => (s.Value, s.Value),
        linear: s => Sorted(s.From, s.To),
        cosine: s => Sorted(s.From, s.To),
        cyclical: s => Sorted(s.From, s.To),
        sigmoid: s => Sorted(s.From, s.To),
        then: s => (Math.Min(Range(s.First).Low, Range(s.Next).Low), Math.Max(Range(s.First).High, Range(s.Next).High)),
        restarts: s => Range(s.Cycle));

    private static (double Low, double High) Sorted(double a, double b) => (Math.Min(a, b), Math.Max(a, b));
}
