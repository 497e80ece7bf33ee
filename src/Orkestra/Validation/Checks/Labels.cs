using System.Buffers;

namespace Orkestra.Validation.Checks;

/// <summary>What the label of a Map is held to: it becomes a part of ARNs.</summary>
internal static class Labels
{
    const int Longest = 40;

    static readonly SearchValues<char> Refused = SearchValues.Create(
        [.. "?*<>{}[]:;,\\|^~$#%&`\"/", .. Range(0x00, 0x20), .. Range(0x7F, 0x9F), '\uFFFE', '\uFFFF', .. Range(0xD800, 0xDFFF)]);

    internal static void Check(FieldContext field)
    {
        if (field.Value.Text is not { } text)
        {
            field.Expected("STRING");
            return;
        }

        if (text.Length is 0 or > Longest)
            field.Checker.Error(Codes.InvalidLabel, $"The label '{text}' must have 1 to {Longest} characters", field.Location, field.Value);
        if (text.AsSpan().ContainsAny(Refused) || text.Any(char.IsWhiteSpace))
            field.Checker.Error(Codes.InvalidLabel, $"The label '{text}' contains characters that are not allowed", field.Location, field.Value);
        if (!field.Checker.Labels.Add(text)) field.Checker.Error(Codes.DuplicateLabel, $"Duplicate Label name: {text}", field.Location, field.Value);
    }

    static IEnumerable<char> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
