using System.Globalization;

namespace Vae.Torch;

/// <summary>The classes of pictures in tar files.</summary>
/// <param name="Texts">The class of each picture; empty for pictures without classes.</param>
/// <param name="Note">What a user should know about them; often empty.</param>
internal sealed record TarClasses(List<string> Texts, string Note)
{
    /// <summary>
    /// By an entry .cls or .txt beside each picture, as WebDataset has them; else by the first folder in which the names differ. Texts of
    /// which more than half differ, or of more than 256 bytes, are captions.
    /// </summary>
    /// <param name="shards">The files.</param>
    /// <param name="parts">The files of all parts of the data, in whose names folders are looked for that all of them share.</param>
    /// <exception cref="VaeException">Some pictures have a class and others have none.</exception>
    public static TarClasses Of(IReadOnlyList<TarShard> shards, IReadOnlyList<TarShard> parts)
    {
        var all = shards.SelectMany(shard => shard.Pictures).ToList();
        if (all.Any(picture => picture.Class is not null))
            return new(Complete(shards, ".cls", picture => picture.Class), "");
        if (all.Any(picture => picture.Text is not null))
            return IsCaption(all) ? new([], "the texts beside the pictures are captions, not classes, and are not read")
                : new(Complete(shards, ".txt", picture => picture.Text), "");
        var folders = parts.SelectMany(shard => shard.Pictures).Select(picture => picture.Folders).Distinct()
            .ToDictionary(name => name, name => name.Split('/'));
        var shared = Shared([.. folders.Values]);
        var names = folders.ToDictionary(pair => pair.Key, pair => pair.Value.ElementAtOrDefault(shared) ?? "");
        if (all.TrueForAll(picture => names[picture.Folders].Length == 0))
            return new([], "");
        var loose = shards.FirstOrDefault(shard => shard.Pictures.Exists(picture => names[picture.Folders].Length == 0));
        return loose is null ? new([.. all.Select(picture => names[picture.Folders])], "") : throw new VaeException(
            $"{loose.Path}: must have every picture in a folder that is its class, or none, got both");
    }

    /// <summary>The names of classes in the order of labels: whole numbers in their order, words in ordinal order.</summary>
    public static List<string> Names(IEnumerable<string> texts)
    {
        var names = texts.Distinct().Order(StringComparer.Ordinal).ToList();
        return names.TrueForAll(name => long.TryParse(name, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? [.. names.OrderBy(name => long.Parse(name, CultureInfo.InvariantCulture))] : names;
    }

    private static List<string> Complete(IReadOnlyList<TarShard> shards, string extension, Func<TarPicture, string?> text)
    {
        foreach (var shard in shards)
            if (shard.Pictures.Find(picture => string.IsNullOrEmpty(text(picture))) is { } bare)
                throw new VaeException($"{shard.Path}: must have a class beside every picture ({extension}), "
                    + $"got none for {TarShard.NameAt(shard.Path, bare.Offset)}");
        return [.. shards.SelectMany(shard => shard.Pictures).Select(picture => text(picture)!)];
    }

    private static bool IsCaption(List<TarPicture> all)
    {
        var texts = all.Select(picture => picture.Text).OfType<string>().ToList();
        return texts.Exists(text => text.StartsWith('…')) || texts.Distinct().Count() > Math.Max(1, texts.Count / 2);
    }

    // Number of folders that all names begin with: archives are often packed with the folder that held them.
    private static int Shared(List<string[]> folders)
    {
        var shared = 0;
        while (folders.Count > 0 && folders.TrueForAll(parts => parts.Length > shared && parts[shared] == folders[0][shared]))
            shared++;
        return shared;
    }
}
