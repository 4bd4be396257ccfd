namespace Vae.DiffSharp.Tests;

internal static class Near
{
    /// <summary>Equal to the relative tolerance, element by element; below the floor, to its part of the floor.</summary>
    public static void Equal(double[] expected, double[] actual, double tolerance, double floor = 0)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            // The first holds for infinities and where both are no number.
            Assert.True(expected[i].Equals(actual[i])
                || Math.Abs(actual[i] - expected[i]) <= tolerance * Math.Max(Math.Abs(expected[i]), floor),
                $"at {i}: expected {expected[i]:R}, got {actual[i]:R}");
    }
}
