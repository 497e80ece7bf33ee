using System.Buffers;
using System.Globalization;
using System.Text;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Data;

/// <summary>
/// Writes JSON text. Strings escape only what RFC 8259 section 7 asks for, and unpaired surrogates as <c>\u</c> escapes; all else is plain UTF-8.
/// </summary>
public static class JsonWriter
{
    /// <summary>How deep a value may nest to be written: 10,000 levels.</summary>
    public const int MaxDepth = 10_000;

    const int ShallowDepth = 500;

    // The characters of ASCII that are written as they are. Most texts hold no others, and these take no time to set up when a process starts.
    static readonly SearchValues<char> Plain = SearchValues.Create(
        " !#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~\u007f");

    /// <summary>Writes compact UTF-8 JSON.</summary>
    /// <exception cref="InvalidOperationException">The value nests deeper than <see cref="MaxDepth"/>.</exception>
    public static void Write(JsonValue value, IBufferWriter<byte> destination)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(destination);
        Write(value, destination, indented: false);
    }

    static bool WriteOnDeepStack(JsonValue value, IBufferWriter<byte> destination, bool indented) => DeepStack.Run(() => Write(value, destination, indented));

    // Only half of a deep value could be written when the stack of this thread ended, so such a value is given a large one at once.
    static bool Write(JsonValue value, IBufferWriter<byte> destination, bool indented)
    {
        if (value.Depth > ShallowDepth && !DeepStack.IsCurrent) return WriteOnDeepStack(value, destination, indented);
        var output = new Output(destination, indented);
        WriteValue(ref output, value, 0);
        output.Flush();
        return true;
    }

    internal static string ToText(JsonValue value, bool indented)
    {
        var buffer = new ExactBuffer(LengthOf(value));
        Write(value, buffer, indented);
        return Encoding.UTF8.GetString(buffer.Written);
    }

    internal static byte[] ToBytes(JsonValue value)
    {
        var buffer = new ExactBuffer(LengthOf(value));
        Write(value, buffer);
        return buffer.ToArray();
    }

    /// <summary>Bytes of a string as written, quotes and escapes included.</summary>
    internal static int StringLength(string text)
    {
        if (!text.AsSpan().ContainsAnyExcept(Plain)) return text.Length + 2;
        var length = 2;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            length += c switch
            {
                '"' or '\\' or '\b' or '\f' or '\n' or '\r' or '\t' => 2,
                < ' ' => 6,
                < '\u0080' => 1,
                < '\u0800' => 2,
                _ when !char.IsSurrogate(c) => 3,
                _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) => 2,
                _ when char.IsLowSurrogate(c) && i > 0 && char.IsHighSurrogate(text[i - 1]) => 2,
                _ => 6,
            };
        }

        return length;
    }

    // Values inside an evaluator have no length of their own.
    static int LengthOf(JsonValue value) => Math.Clamp(value.Utf8Length, 0, Array.MaxLength);

    static void WriteValue(ref Output output, JsonValue value, int depth)
    {
        switch (value)
        {
            case JsonString text: WriteString(ref output, text.Value); break;
            case JsonNumber number: output.Ascii(number.Text); break;
            case JsonBoolean boolean: output.Raw(boolean.Value ? "true"u8 : "false"u8); break;
            case JsonArray array: WriteArray(ref output, array, depth + 1); break;
            case JsonObject members: WriteObject(ref output, members, depth + 1); break;
            default: output.Raw("null"u8); break;
        }
    }

    static void WriteArray(ref Output output, JsonArray array, int depth)
    {
        if (!output.Indented && array.Kept is { } kept)
        {
            output.Raw(kept.Text);
            return;
        }

        Enter(depth);
        output.Byte((byte)'[');
        var items = array.Span;
        for (var i = 0; i < items.Length; i++)
        {
            if (i > 0) output.Byte((byte)',');
            output.NewLine(depth);
            WriteValue(ref output, items[i], depth);
        }

        if (items.Length > 0) output.NewLine(depth - 1);
        output.Byte((byte)']');
    }

    static void WriteObject(ref Output output, JsonObject members, int depth)
    {
        if (!output.Indented && members.Kept is { } kept)
        {
            output.Raw(kept.Text);
            return;
        }

        Enter(depth);
        output.Byte((byte)'{');
        var values = members.Values;
        if (!output.Indented && members.Shape.Written is { } names) WriteMembers(ref output, names, values, depth);
        else WriteMembers(ref output, members.Names, values, depth);
        output.Byte((byte)'}');
    }

    static void WriteMembers(ref Output output, byte[][] names, ReadOnlySpan<JsonValue> values, int depth)
    {
        for (var i = 0; i < values.Length; i++)
        {
            output.Raw(i == 0 ? names[i].AsSpan(1) : names[i]);
            WriteValue(ref output, values[i], depth);
        }
    }

    static void WriteMembers(ref Output output, ReadOnlySpan<string> names, ReadOnlySpan<JsonValue> values, int depth)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i > 0) output.Byte((byte)',');
            output.NewLine(depth);
            WriteString(ref output, names[i]);
            output.Raw(output.Indented ? ": "u8 : ":"u8);
            WriteValue(ref output, values[i], depth);
        }

        if (values.Length > 0) output.NewLine(depth - 1);
    }

    static void Enter(int depth)
    {
        if (depth > MaxDepth) throw new InvalidOperationException($"The value nests deeper than {MaxDepth} levels.");
    }

    static void WriteString(ref Output output, string text)
    {
        output.Byte((byte)'"');
        var rest = text.AsSpan();
        while (true)
        {
            var at = IndexOfSpecial(rest);
            if (at < 0) break;
            output.Utf8(rest[..at]);
            var c = rest[at];
            if (char.IsHighSurrogate(c) && at + 1 < rest.Length && char.IsLowSurrogate(rest[at + 1]))
            {
                output.Utf8(rest.Slice(at, 2));
                rest = rest[(at + 2)..];
                continue;
            }

            WriteEscape(ref output, c);
            rest = rest[(at + 1)..];
        }

        output.Utf8(rest);
        output.Byte((byte)'"');
    }

    // What is not written as it is: controls, quotation mark, reverse solidus, and surrogates, which have to be looked at in pairs.
    static int IndexOfSpecial(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyExcept(Plain);
        if (at < 0 || text[at] < '\u0080') return at;
        var further = text[at..].IndexOfAny(Beyond.Special);
        return further < 0 ? -1 : at + further;
    }

    static void WriteEscape(ref Output output, char c)
    {
        switch (c)
        {
            case '"': output.Raw("\\\""u8); break;
            case '\\': output.Raw("\\\\"u8); break;
            case '\b': output.Raw("\\b"u8); break;
            case '\f': output.Raw("\\f"u8); break;
            case '\n': output.Raw("\\n"u8); break;
            case '\r': output.Raw("\\r"u8); break;
            case '\t': output.Raw("\\t"u8); break;
            default: output.Ascii(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")); break;
        }
    }

    // Set up when the first text beyond ASCII is written.
    static class Beyond
    {
        public static readonly SearchValues<char> Special = Create();

        static SearchValues<char> Create()
        {
            Span<char> special = stackalloc char[32 + 2 + 0x800];
            for (var i = 0; i < 32; i++) special[i] = (char)i;
            special[32] = '"';
            special[33] = '\\';
            for (var i = 0; i < 0x800; i++) special[34 + i] = (char)(0xD800 + i);
            return SearchValues.Create(special);
        }
    }

    /// <summary>A span of the destination, refilled when it is full.</summary>
    ref struct Output(IBufferWriter<byte> destination, bool indented)
    {
        Span<byte> span;
        int used;

        internal bool Indented { get; } = indented;

        internal void Byte(byte value)
        {
            if (used == span.Length) Grow(1);
            span[used++] = value;
        }

        internal void Raw(ReadOnlySpan<byte> value)
        {
            if (span.Length - used < value.Length) Grow(value.Length);
            value.CopyTo(span[used..]);
            used += value.Length;
        }

        internal void Ascii(string value)
        {
            if (span.Length - used < value.Length) Grow(value.Length);
            used += Encoding.ASCII.GetBytes(value, span[used..]);
        }

        internal void Utf8(ReadOnlySpan<char> value)
        {
            if (value.Length == 0) return;
            if (!Encoding.UTF8.TryGetBytes(value, span[used..], out var written))
            {
                Grow(Encoding.UTF8.GetByteCount(value));
                written = Encoding.UTF8.GetBytes(value, span);
            }

            used += written;
        }

        internal void NewLine(int depth)
        {
            if (!Indented) return;
            Byte((byte)'\n');
            for (var i = 0; i < depth; i++) Raw("  "u8);
        }

        internal void Flush()
        {
            if (used > 0) destination.Advance(used);
            used = 0;
            span = default;
        }

        void Grow(int needed)
        {
            Flush();
            span = destination.GetSpan(needed);
        }
    }
}
