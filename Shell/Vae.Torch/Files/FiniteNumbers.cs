using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Torch;

/// <summary>
/// Numbers as JSON has them: reading refuses one beyond the type's range, such as 1e999, and writing gives null for NaN and infinities,
/// for which JSON has no word.
/// </summary>
internal sealed class FiniteNumbers<T> : JsonConverter<T> where T : struct, IBinaryFloatingPointIeee754<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var value = T.CreateTruncating(reader.GetDouble());
        return T.IsFinite(value) ? value : throw new JsonException("a number beyond the range of floating-point numbers");
    }

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        if (!T.IsFinite(value))
            writer.WriteNullValue();
        else if (value is float single)
            writer.WriteNumberValue(single);
        else
            writer.WriteNumberValue(double.CreateChecked(value));
    }
}
