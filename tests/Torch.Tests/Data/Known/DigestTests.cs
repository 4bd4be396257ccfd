using System.Text;

namespace Vae.Torch.Tests;

public class DigestTests
{
    // git hash-object, git 2.39.
    [Theory]
    [InlineData("", "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")]
    [InlineData("hello\n", "ce013625030ba8dba906f756967f9e9ca394464a")]
    public void TheIdOfABlobIsThatOfGit(string content, string id)
    {
        using var folder = new TempFolder();
        using var file = File.OpenRead(folder.Write("a", Encoding.ASCII.GetBytes(content)));
        // A file that has been read is digested from its start.
        file.Position = file.Length;
        Assert.Equal("", Digests.GitBlob(id).Unlike(file));
        Assert.Equal($"git blob id must be {new string('0', 40)}, got {id}", Digests.GitBlob(new string('0', 40)).Unlike(file));
    }
}
