using System.Runtime.InteropServices;
using System.Text.Json;

namespace Vae.Torch;

/// <summary>
/// What a run keeps of its data, in <c>data.json</c>: a hash of all rows in any order, and which rows are in which part, by keys of
/// their content. So the parts are found again in a file that was sorted, and another file is noticed.
/// </summary>
/// <param name="Hash">SHA-256 of the sorted keys of all rows.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Columns">Names of columns; empty for data without any.</param>
/// <param name="Train">Keys of the training rows in order, 8 bytes each.</param>
/// <param name="Validation">Keys of the validation rows in order.</param>
/// <param name="Test">Keys of the test rows in order.</param>
internal sealed record DataRecord(string Hash, int Rows, ValueList<string> Columns, byte[] Train, byte[] Validation, byte[] Test)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
    };

    private sealed record Form(string Hash, int Rows, string[] Columns, byte[] Train, byte[] Validation, byte[] Test);

    /// <summary>The record of a set that is divided into parts.</summary>
    public static DataRecord Of(Dataset all, ulong[] keys, PartIndices parts) => new(
        RowKeys.Digest(keys), all.Count, ValueList.From(all.Schema.Columns.Select(column => column.Name)),
        Picked(keys, parts.Train), Picked(keys, parts.Validation), Picked(keys, parts.Test));

    /// <summary>The JSON text.</summary>
    public string Write() => JsonSerializer.Serialize(new Form(Hash, Rows, [.. Columns], Train, Validation, Test), Json) + "\n";

    /// <summary>The record of a text; <paramref name="path"/> is for the message.</summary>
    public static DataRecord Read(string text, string path)
    {
        try
        {
            var form = JsonSerializer.Deserialize<Form>(text, Json) ?? throw new JsonException("null");
            if (form.Train.Length % 8 != 0 || form.Validation.Length % 8 != 0 || form.Test.Length % 8 != 0)
                throw new JsonException("keys of another length than 8 bytes");
            return new(form.Hash, form.Rows, ValueList.From(form.Columns), form.Train, form.Validation, form.Test);
        }
        catch (JsonException e)
        {
            throw new VaeException($"{path}: must be the record of a run's data, got: {e.Message}", e);
        }
    }

    /// <summary>Where the rows of each part are among other keys, and what is missing or new.</summary>
    public FoundRows Find(ulong[] keys)
    {
        var places = new Dictionary<ulong, int>();
        for (var i = 0; i < keys.Length; i++)
            places.TryAdd(keys[i], i);
        int[] Places(byte[] part) => [.. Keys(part).Where(places.ContainsKey).Select(key => places[key])];
        var parts = new PartIndices(Places(Train), Places(Validation), Places(Test));
        var wanted = (Train.Length + Validation.Length + Test.Length) / 8;
        return new(parts, wanted - parts.Count, keys.Length - parts.Count, Train.Length / 8 - parts.Train.Length);
    }

    /// <summary>Whether another record has the same parts in the same order.</summary>
    public bool HasPartsOf(DataRecord other) => HasTrainingOf(other) && Validation.AsSpan().SequenceEqual(other.Validation)
        && Test.AsSpan().SequenceEqual(other.Test);

    /// <summary>Whether another record has the same training rows in the same order.</summary>
    public bool HasTrainingOf(DataRecord other) => Train.AsSpan().SequenceEqual(other.Train);

    private static byte[] Picked(ulong[] keys, int[] indices) => MemoryMarshal.AsBytes(Array.ConvertAll(indices, i =>
        keys[i]).AsSpan()).ToArray();

    private static ulong[] Keys(byte[] part) => MemoryMarshal.Cast<byte, ulong>(part).ToArray();
}

/// <summary>The rows of each part.</summary>
internal sealed record PartIndices(int[] Train, int[] Validation, int[] Test)
{
    public int Count => Train.Length + Validation.Length + Test.Length;
}

/// <summary>A run's rows in a file: where they are, how many are not there, how many others are, and how many of those not there
/// are training rows.</summary>
internal sealed record FoundRows(PartIndices Parts, int Missing, int New, int MissingTraining);
