using System.Buffers.Binary;
using System.Text;

namespace Vae.Torch;

/// <summary>
/// Writes a TensorBoard event file. Each record is a length, its masked CRC-32C, a protocol buffer and its masked CRC-32C. The file is
/// only appended to and flushed after each event, so that a reader can follow it; readers ignore an incomplete last record.
/// </summary>
internal sealed class EventFile : IDisposable
{
    private readonly FileStream stream;
    private readonly Func<double> clock;

    /// <summary>Creates the file; <paramref name="clock"/> returns seconds since 1970.</summary>
    /// <exception cref="VaeException">The file exists or cannot be created.</exception>
    public EventFile(string path, Func<double> clock)
    {
        this.clock = clock;
        try
        {
            DiskChanges.Announce("create", path);
            // Without a buffer: what a full disk did not take must not be tried again when the file is closed.
            stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, 0);
        }
        catch (Exception e) when (Disk.IsDiskTrouble(e))
        {
            throw new VaeException($"{path}: must be a file that can be created, got: {e.Message}", e);
        }
        Append(0, new Message().Text(3, "brain.Event:2"));
    }

    /// <summary>Records that a run resumes at a step, which invalidates later steps in earlier files.</summary>
    public void Restart(long step) => Append(step, new Message().Nested(7, new Message().Whole(1, 1)));

    /// <summary>Writes scalars by tag; values that are not finite are skipped.</summary>
    public void Scalars(long step, IEnumerable<KeyValuePair<string, double>> values)
    {
        var summary = new Message();
        foreach (var (tag, value) in values.Where(pair => double.IsFinite(pair.Value)))
            summary.Nested(1, new Message().Text(1, tag).Single(2, (float)value));
        Append(step, new Message().Nested(5, summary));
    }

    /// <summary>Writes an image under a tag, from the content of a PNG file.</summary>
    public void Image(long step, string tag, byte[] png)
    {
        var image = new Message().Whole(1, Side(png, 20)).Whole(2, Side(png, 16)).Whole(3, Channels(png)).Bytes(4, png);
        Append(step, new Message().Nested(5, new Message().Nested(1, new Message().Text(1, tag).Nested(4, image))));
    }

    // From the header that starts every PNG file: width, height, bits per channel, colour type.
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
        try
        {
            DiskChanges.Announce("write", stream.Name);
            stream.Write(record);
        }
        catch (Exception e) when (Disk.IsDiskTrouble(e))
        {
            throw new VaeException($"{stream.Name}: must be writable, with room for the file, got: {e.Message}", e);
        }
    }

    /// <summary>Builds a protocol buffer message field by field.</summary>
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
