// The shared samples open the namespace of other tests.
namespace Vae.Tests;

internal static class Names;
