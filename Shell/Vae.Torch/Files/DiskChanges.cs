namespace Vae.Torch;

/// <summary>
/// Says what is about to change the disk. Whatever writes into a run's folder announces it here, so that a test can make each operation
/// fail as a full or a broken disk does.
/// </summary>
internal static class DiskChanges
{
    /// <summary>
    /// Receives each operation (folder, create, write, flush, rename) and the path it is for before it happens; what it throws is taken
    /// for the system's error. Null outside tests.
    /// </summary>
    public static Action<string, string>? Before { get; set; }

    /// <summary>Says that an operation is about to happen.</summary>
    public static void Announce(string operation, string path) => Before?.Invoke(operation, path);

    /// <summary>A stream that says before each write that it is about to happen; the file itself if nobody listens.</summary>
    public static Stream Announced(FileStream file, string path) => Before is null ? file : new AnnouncedStream(file, path);

    private sealed class AnnouncedStream(FileStream file, string path) : Stream
    {
        public override bool CanRead => file.CanRead;

        public override bool CanSeek => file.CanSeek;

        public override bool CanWrite => file.CanWrite;

        public override long Length => file.Length;

        public override long Position { get => file.Position; set => file.Position = value; }

        public override void Flush() => file.Flush();

        public override int Read(byte[] buffer, int offset, int count) => file.Read(buffer, offset, count);

        public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

        public override void SetLength(long value) => file.SetLength(value);

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            Announce("write", path);
            file.Write(buffer);
        }
    }
}
