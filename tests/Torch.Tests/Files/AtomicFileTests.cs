namespace Vae.Torch.Tests;

public class AtomicFileTests
{
    [Fact]
    public void AFailedWriteLeavesTheOldFileAndNothingElse()
    {
        using var folder = new TempFolder();
        AtomicFile.WriteText(folder["a"], "old");
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(folder["a"], stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal("old", File.ReadAllText(folder["a"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void AWriteReplacesAndLeavesNothingElse()
    {
        using var folder = new TempFolder();
        AtomicFile.WriteText(folder["a"], "old");
        File.WriteAllText(folder["a.tmp"], "left by a process that was killed, and longer");
        AtomicFile.WriteText(folder["a"], "new");
        Assert.Equal("new", File.ReadAllText(folder["a"]));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public void AFullDiskIsAMessage()
    {
        using var folder = new TempFolder();
        Damage.Refused(() => AtomicFile.Write(folder["a"], _ => throw new IOException("No space left on device")),
            "No space left on device");
        Damage.Refused(() => AtomicFile.WriteText(folder["absent/a"], ""), folder["absent/a"]);
        Directory.CreateDirectory(folder["folder"]);
        Damage.Refused(() => AtomicFile.WriteText(folder["folder"], ""), folder["folder"]);
        Assert.Empty(Directory.GetFiles(folder.Path));
    }
}
