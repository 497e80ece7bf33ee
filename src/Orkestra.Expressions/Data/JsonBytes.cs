using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Orkestra.Expressions.Data;

/// <summary>Looks for the ends of strings, most of which are short: a call of the general search costs more than what it finds.</summary>
internal static class JsonBytes
{
    /// <summary>The next quotation mark, reverse solidus or control character.</summary>
    /// <param name="text">A text followed by <see cref="LazyJsonText.Padding"/>, whose zeros end the search.</param>
    /// <param name="at">Where to begin, at most the end of the text.</param>
    internal static int NextSpecial(byte[] text, int at)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(text);
        while (at <= text.Length - LazyJsonText.Padding)
        {
            var bytes = Vector128.LoadUnsafe(ref first, (nuint)at);
            var found = (Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))
                | Vector128.LessThan(bytes, Vector128.Create((byte)' '))).ExtractMostSignificantBits();
            if (found != 0) return at + BitOperations.TrailingZeroCount(found);
            at += LazyJsonText.Padding;
        }

        while (text[at] is not ((byte)'"' or (byte)'\\' or < (byte)' ')) at++;
        return at;
    }
}
