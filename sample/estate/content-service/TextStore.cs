/// <summary>Texts by key and locale, read once from files.</summary>
public sealed class TextStore(string folder)
{
    private readonly Dictionary<string, string> _texts = Directory.Exists(folder)
        ? Directory.GetFiles(folder, "*.txt").ToDictionary(f => Path.GetFileNameWithoutExtension(f), File.ReadAllText)
        : [];

    public string? Find(string key, string locale) =>
        _texts.GetValueOrDefault($"{key}.{locale}") ?? _texts.GetValueOrDefault($"{key}.en");
}
