using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch;

/// <summary>
/// A file of events as TensorBoard reads it: records of length, masked CRC-32C, a protocol buffer and its masked CRC-32C.
/// Only ever appended to, and flushed after each event: a reader follows it while it grows, and leaves out a torn end.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private readonly FileStream stream;
    private readonly Func<double> clock;

    /// <summary>A new file; <paramref name="clock"/> gives seconds since 1970.</summary>
    public EventFile(string path, Func<double> clock)
    {
        this.clock = clock;
        try
        {
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (Disk.IsDiskTrouble(e))
        {
            throw new VaeException($"{path}: must be a file that can be made, got: {e.Message}", e);
        }
        Append(0, new Message().Text(3, "brain.Event:2"));
    }

    /// <summary>Says that a run goes on from a step: what an earlier file tells of later steps no longer holds.</summary>
    public void Restart(long step) => Append(step, new Message().Nested(7, new Message().Whole(1, 1)));

    /// <summary>Numbers by their tags; what is not finite is left out.</summary>
    public void Scalars(long step, IEnumerable<KeyValuePair<string, double>> values)
    {
        var summary = new Message();
        foreach (var (tag, value) in values.Where(pair => double.IsFinite(pair.Value)))
            summary.Nested(1, new Message().Text(1, tag).Single(2, (float)value));
        Append(step, new Message().Nested(5, summary));
    }

    /// <summary>A PNG file by its tag.</summary>
    public void Image(long step, string tag, byte[] png) => Append(step, new Message().Nested(5, new Message().Nested(1,
        new Message().Text(1, tag).Nested(4, new Message().Whole(1, Side(png, 20)).Whole(2, Side(png, 16)).Whole(3, Channels(png)).Bytes(4, png)))));

    // Of the header that every PNG file begins with: width, height, bits a channel, kind of colour.
    private static int Side(byte[] png, int place) => BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(place));

    private static int Channels(byte[] png) => png[25] switch { 0 => 1, 4 => 2, 6 => 4, _ => 3 };

    public void Dispose() => stream.Dispose();

    private void Append(long step, Message content)
    {
        var data = new Message().Double(1, clock()).Whole(2, step).Then(content).ToArray();
        var record = new byte[data.Length + 16];
        BinaryPrimitives.WriteInt64LittleEndian(record, data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Crc32C.Masked(record.AsSpan(0, 8)));
        data.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(12 + data.Length), Crc32C.Masked(data));
        stream.Write(record);
        stream.Flush();
    }

    /// <summary>A protocol buffer message under way; fields by their numbers.</summary>
    private sealed class Message
    {
        private readonly MemoryStream bytes = new();

        public Message Whole(int field, long value) => Key(field, 0).Varint((ulong)value);

        public Message Double(int field, double value) => Key(field, 1).Raw(BitConverter.GetBytes(value));

        public Message Single(int field, float value) => Key(field, 5).Raw(BitConverter.GetBytes(value));

        public Message Bytes(int field, byte[] value) => Key(field, 2).Varint((ulong)value.Length).Raw(value);

        public Message Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

        public Message Nested(int field, Message value) => Bytes(field, value.ToArray());

        public Message Then(Message more) => Raw(more.ToArray());

        public byte[] ToArray() => bytes.ToArray();

        private Message Key(int field, int kind) => Varint((ulong)(field << 3 | kind));

        private Message Varint(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                bytes.WriteByte((byte)(value | 0x80));
            bytes.WriteByte((byte)value);
            return this;
        }

        private Message Raw(byte[] value)
        {
            bytes.Write(value);
            return this;
        }
    }
}
