namespace Orkestra.Comparison.Trying;

/// <summary>Files of the repository, some of them changed.</summary>
internal static class Edits
{
    /// <summary>The files with the changes; each change has to find its place exactly once.</summary>
    public static Dictionary<string, string> Apply(IEnumerable<string> files, IReadOnlyList<Edit> edits)
    {
        var texts = files.ToDictionary(static file => Path.GetFileName(file), Sources.Read);
        foreach (var edit in edits)
        {
            var text = texts[edit.File];
            var place = text.IndexOf(edit.Old, StringComparison.Ordinal);
            if (place < 0 || text.IndexOf(edit.Old, place + 1, StringComparison.Ordinal) >= 0) throw new InvalidOperationException($"{edit.File} holds this not exactly once: {edit.Old}");
            texts[edit.File] = text.Replace(edit.Old, edit.New, StringComparison.Ordinal);
        }

        return texts;
    }

    public static IEnumerable<(string Name, string Text)> CSharp(Dictionary<string, string> texts, params string[] but) =>
        texts.Where(text => text.Key.EndsWith(".cs", StringComparison.Ordinal) && !but.Contains(text.Key)).Select(static text => (text.Key, text.Value));
}
