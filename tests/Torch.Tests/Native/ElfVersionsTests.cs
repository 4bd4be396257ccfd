using FsCheck.Xunit;

namespace Vae.Torch.Tests;

public class ElfVersionsTests
{
    private const string Missing = "GLIBCXX_3.4.32";

    private static readonly byte[] Whole = OperatingSystem.IsLinux() ? File.ReadAllBytes(NativeFolders.Find("libLibTorchSharp.so")) : [];

    private static byte[] Library => (byte[])Whole.Clone();

    [Fact]
    public void RelaxingAnUnusedVersionMarksItsNeedWeakAndNothingElse()
    {
        if (!OperatingSystem.IsLinux())
            return;
        byte[] before = Library, after = ElfVersions.Relax(before, Missing, "lib");
        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        Assert.Equal(2, after[Assert.Single(changed)] - before[changed[0]]);
        Assert.Equal(after, ElfVersions.Relax(after, Missing, "lib"));
    }

    [Fact]
    public void AFunctionThatOnlyChangedItsVersionIsBoundToTheOlderOne()
    {
        if (!OperatingSystem.IsLinux())
            return;
        byte[] before = Library, after = ElfVersions.Relax(before, "GLIBCXX_3.4.30", "lib");
        Assert.Equal(2, Enumerable.Range(0, before.Length).Count(i => before[i] != after[i]));
    }

    [Fact]
    public void AVersionThatIsUsedIsNotRelaxed()
    {
        if (!OperatingSystem.IsLinux())
            return;
        var error = Assert.Throws<VaeException>(() => ElfVersions.Relax(Library, "GLIBCXX_3.4.21", "lib"));
        Assert.Contains("GLIBCXX_3.4.21", error.Message, StringComparison.Ordinal);
    }

    [Property(Replay = "(1,1)", MaxTest = 200)]
    public void ATruncatedLibraryGivesAMessage(int length)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var whole = Library;
        // The section table ends the file, so every shorter file lacks a part that is read.
        var cut = whole.AsSpan(0, (int)((uint)length * 7919 % (uint)whole.Length)).ToArray();
        Assert.Throws<VaeException>(() => ElfVersions.Relax(cut, Missing, "lib"));
    }

    [Property(Replay = "(1,3)", MaxTest = 200)]
    public void GarbageGivesAMessage(byte[] garbage)
    {
        byte[] elf = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, .. garbage];
        Assert.Throws<VaeException>(() => ElfVersions.Relax(elf, Missing, "garbage"));
        Assert.Throws<VaeException>(() => ElfVersions.Relax(garbage, Missing, "garbage"));
    }

    [Property(Replay = "(1,5)", MaxTest = 300)]
    public void ADamagedLibraryGivesAMessageOrLoadsAsFarAsItCanBeRead(uint where, byte what)
    {
        if (!OperatingSystem.IsLinux())
            return;
        var damaged = Library;
        // The header and the section table steer everything.
        var tables = 64 + 31 * 64;
        var at = (int)(where % (uint)tables);
        damaged[at < 64 ? at : damaged.Length - tables + at] ^= (byte)(what | 1);
        var error = Record.Exception(() => ElfVersions.Relax(damaged, Missing, "lib"));
        Assert.True(error is null or VaeException, error?.ToString());
    }
}
