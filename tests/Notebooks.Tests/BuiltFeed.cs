namespace Vae.Notebooks.Tests;

/// <summary>The libraries as they were built with these tests, for all that runs notebooks; packed once.</summary>
public sealed class BuiltFeed : IDisposable
{
    public Feed Feed { get; } = Feed.OfThisBuild();

    public void Dispose() => Feed.Dispose();
}

/// <summary>The tests that share the feed.</summary>
[CollectionDefinition(nameof(BuiltFeed))]
public sealed class BuiltFeedCollection : ICollectionFixture<BuiltFeed>;
