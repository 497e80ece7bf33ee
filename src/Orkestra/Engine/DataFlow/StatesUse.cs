namespace Orkestra.Engine.DataFlow;

/// <summary>What an expression does with <c>$states</c>.</summary>
internal static class StatesUse
{
    const string States = "$states";

    /// <summary>
    /// False only when every <c>$states</c> in the text is followed by <c>.input</c>, <c>.result</c> or <c>.errorOutput</c>: then nothing can reach the context.
    /// </summary>
    // Not a regular expression: this runs for every expression of a document, also in a process that ends soon.
    internal static bool MayReadContext(string expression)
    {
        var rest = expression.AsSpan();
        for (var at = rest.IndexOf(States, StringComparison.Ordinal); at >= 0; at = rest.IndexOf(States, StringComparison.Ordinal))
        {
            rest = rest[(at + States.Length)..];
            if (!GoesOn(rest) && !IsHarmless(rest)) return true;
        }

        return false;
    }

    static bool IsHarmless(ReadOnlySpan<char> rest)
    {
        rest = rest.TrimStart();
        if (rest is not ['.', ..]) return false;
        rest = rest[1..].TrimStart();
        return StartsWithName(rest, "input") || StartsWithName(rest, "result") || StartsWithName(rest, "errorOutput");
    }

    static bool StartsWithName(ReadOnlySpan<char> rest, string name) => rest.StartsWith(name, StringComparison.Ordinal) && !GoesOn(rest[name.Length..]);

    // Whether a name does not end here.
    static bool GoesOn(ReadOnlySpan<char> rest) => rest is [var next, ..] && (char.IsAsciiLetterOrDigit(next) || next == '_');
}
