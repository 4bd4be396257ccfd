namespace Vae.Tests;

// The shared samples open this namespace, in which other test projects have their types.
internal static class Names;
