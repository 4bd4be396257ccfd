namespace Vae.Torch;

/// <summary>
/// A stream that throws when it is read on and on at its end: the reader of Parquet files waits for ever for the bytes that a damaged page
/// announces.
/// </summary>
internal sealed class EndingStream(Stream file) : Stream
{
    private const int Patience = 100;

    private int empty;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get => file.Position; set => file.Position = value; }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => Counted(file.Read(buffer, offset, count), count);

    public override int Read(Span<byte> buffer) => Counted(file.Read(buffer), buffer.Length);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Read(buffer, offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override long Seek(long offset, SeekOrigin origin) => file.Seek(offset, origin);

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Counted(int got, int asked)
    {
        empty = got > 0 || asked == 0 ? 0 : empty + 1;
        return empty <= Patience ? got : throw new EndOfStreamException("the file ends within a page");
    }
}
