namespace Orkestra.Expressions.Data;

/// <summary>White space between the tokens of JSON (RFC 8259 section 2).</summary>
internal static class WhiteSpace
{
    /// <summary>Removes it in place where it stands beside a structural character. What stands elsewhere is an error, and stays.</summary>
    /// <returns>The length that is left.</returns>
    internal static int Remove(Span<byte> text, int length)
    {
        var to = 0;
        for (var from = 0; from < length;)
        {
            var c = text[from];
            if (c == '"')
            {
                var end = EndOfString(text[..length], from);
                text[from..end].CopyTo(text[to..]);
                to += end - from;
                from = end;
                continue;
            }

            if (!IsSpace(c))
            {
                text[to++] = c;
                from++;
                continue;
            }

            var next = from + 1;
            while (next < length && IsSpace(text[next])) next++;
            var isBeside = (to > 0 && text[to - 1] is (byte)'{' or (byte)'[' or (byte)',' or (byte)':')
                || (next < length && text[next] is (byte)'}' or (byte)']' or (byte)',' or (byte)':');
            if (!isBeside) text[to++] = c;
            from = next;
        }

        return to;
    }

    static bool IsSpace(byte c) => c is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    static int EndOfString(ReadOnlySpan<byte> text, int at)
    {
        at++;
        while (at < text.Length)
        {
            var found = text[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (found < 0) return text.Length;
            at += found;
            if (text[at] == '"') return at + 1;
            at += 2;
        }

        return text.Length;
    }
}
