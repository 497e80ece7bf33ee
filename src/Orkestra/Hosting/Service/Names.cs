using System.Buffers;

namespace Orkestra.Hosting.Service;

/// <summary>The rules for names of executions, state machines and activities (API reference, StartExecution).</summary>
internal static class Names
{
    const int MaxLength = 80;

    static readonly SearchValues<char> Refused = SearchValues.Create(
        [.. " \t\r\n<>{}[]?*\"#%\\^|~`$&,;:/", .. Enumerable.Range(0, 0x20).Select(code => (char)code), .. Enumerable.Range(0x7F, 0x21).Select(code => (char)code)]);

    internal static bool IsValid(string name) => name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAny(Refused) && !name.Any(static c => char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF');
}
