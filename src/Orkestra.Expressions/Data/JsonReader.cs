using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Orkestra.Expressions.Evaluation;

namespace Orkestra.Expressions.Data;

/// <summary>Reads UTF-8 JSON into <see cref="JsonValue"/>. Neighbouring objects with the same member names share one <see cref="JsonShape"/>.</summary>
internal ref struct JsonReader
{
    const int DeepestStack = 10_000;

    // So few digits are exact in a double.
    const int LongestExact = 15;

    static ReadOnlySpan<double> PowersOfTen => [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14];

    Utf8JsonReader reader;
    Scratch scratch;

    JsonReader(ReadOnlySpan<byte> utf8Json, int maxDepth)
    {
        reader = new Utf8JsonReader(utf8Json, new JsonReaderOptions { MaxDepth = maxDepth });
        scratch = new Scratch();
    }

    internal static JsonValue Read(string json, JsonReadOptions options)
    {
        // A lone surrogate has no UTF-8; as an escape it may stand in JSON.
        var lone = IndexOfLoneSurrogate(json);
        if (lone >= 0) throw Misread(json, lone);
        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(json.Length));
        try
        {
            var length = Encoding.UTF8.GetBytes(json, bytes);
            return Read(bytes.AsSpan(0, length), options);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    internal static JsonValue Read(ReadOnlySpan<byte> utf8Json, JsonReadOptions options)
    {
        if (utf8Json.Length > options.MaxBytes)
            throw new JsonFormatException($"The JSON text has {utf8Json.Length} bytes; the limit is {options.MaxBytes}.", 1, 1);
        if (utf8Json.StartsWith("\uFEFF"u8)) utf8Json = utf8Json[3..];
        if (!Utf8.IsValid(utf8Json)) throw NotUtf8(utf8Json);
        if (LazyJsonText.TryRead(utf8Json, options.MaxDepth) is { } kept) return kept;
        var json = new JsonReader(utf8Json, Math.Min(options.MaxDepth, DeepestStack));
        try
        {
            json.reader.Read();
            var value = json.ReadValue(0);
            json.reader.Read();
            return value;
        }
        catch (InsufficientExecutionStackException) when (!DeepStack.IsCurrent)
        {
            return ReadOnDeepStack(utf8Json.ToArray(), options);
        }
        catch (JsonException problem)
        {
            var text = problem.Message;
            var tail = text.IndexOf(" LineNumber:", StringComparison.Ordinal);
            throw new JsonFormatException(tail < 0 ? text : text[..tail], (problem.LineNumber ?? 0) + 1, (problem.BytePositionInLine ?? 0) + 1, problem);
        }
    }

    static JsonValue ReadOnDeepStack(byte[] utf8Json, JsonReadOptions options) => DeepStack.Run(() => Read(utf8Json, options));

    static int IndexOfLoneSurrogate(string json)
    {
        var at = json.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (; at >= 0 && at < json.Length; at++)
        {
            if (!char.IsSurrogate(json[at])) continue;
            if (at + 1 >= json.Length || !char.IsSurrogatePair(json[at], json[at + 1])) return at;
            at++;
        }

        return -1;
    }

    static JsonFormatException Misread(string json, int at)
    {
        var before = Encoding.UTF8.GetBytes(json[..at]);
        var (line, column) = PlaceOf(before, before.Length);
        return new JsonFormatException($"The JSON text has half of a surrogate pair, \\u{(int)json[at]:x4}, at line {line}, column {column}. Write it as an escape.", line, column);
    }

    static JsonFormatException NotUtf8(ReadOnlySpan<byte> utf8Json)
    {
        var at = 0;
        while (Rune.DecodeFromUtf8(utf8Json[at..], out _, out var length) == OperationStatus.Done) at += length;
        var (line, column) = PlaceOf(utf8Json, at);
        return new JsonFormatException($"The JSON text is not valid UTF-8: byte 0x{utf8Json[at]:X2} at line {line}, column {column} (offset {at}) is not part of a character.", line, column);
    }

    static (long Line, long Column) PlaceOf(ReadOnlySpan<byte> text, int at)
    {
        var before = text[..at];
        return (before.Count((byte)'\n') + 1, at - before.LastIndexOf((byte)'\n'));
    }

    JsonValue ReadValue(int depth) => reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadObject(depth),
        JsonTokenType.StartArray => ReadArray(depth),
        JsonTokenType.String => JsonString.Create(ReadText()),
        JsonTokenType.Number => ToNumber(reader.ValueSpan),
        JsonTokenType.True => JsonBoolean.True,
        JsonTokenType.False => JsonBoolean.False,
        _ => JsonNull.Instance,
    };

    JsonArray ReadArray(int depth)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var start = scratch.Count;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) scratch.Push(ReadValue(depth + 1));
        return JsonArray.Wrap(scratch.Pop(start));
    }

    JsonObject ReadObject(int depth)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var start = scratch.Count;
        var guess = scratch.ShapeAt(depth);
        var matched = 0;
        List<string>? names = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (names is null)
            {
                if (guess is not null && matched < guess.Count && IsNamed(guess[matched]))
                {
                    matched++;
                }
                else
                {
                    names = new List<string>(Math.Max(8, matched + 4));
                    for (var i = 0; i < matched; i++) names.Add(guess![i]);
                    names.Add(ReadText());
                }
            }
            else
            {
                names.Add(ReadText());
            }

            reader.Read();
            scratch.Push(ReadValue(depth + 1));
        }

        var values = scratch.Pop(start);
        if (values.Length == 0) return JsonObject.Empty;
        if (names is null && matched == guess!.Count) return new JsonObject(guess, values);
        names ??= [.. guess!.Names[..matched]];
        if (HasDuplicates(names)) return LastWins(names, values);
        var shape = JsonShape.Of(CollectionsMarshal.AsSpan(names));
        scratch.KeepShape(depth, shape);
        return new JsonObject(shape, values);
    }

    // An escape may be a lone surrogate, which the reader itself does not compare.
    bool IsNamed(string name) => reader.ValueIsEscaped ? ReadText() == name : reader.ValueTextEquals(name);

    static bool HasDuplicates(List<string> names)
    {
        if (names.Count <= 8)
        {
            for (var i = 1; i < names.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    if (string.Equals(names[i], names[j])) return true;
                }
            }

            return false;
        }

        return new HashSet<string>(names, StringComparer.Ordinal).Count != names.Count;
    }

    static JsonObject LastWins(List<string> names, JsonValue[] values)
    {
        var builder = new JsonObject.Builder(values.Length);
        for (var i = 0; i < values.Length; i++) builder.Set(names[i], values[i]);
        return builder.Build();
    }

    internal static JsonNumber ToNumber(ReadOnlySpan<byte> source)
    {
        if (source.Length <= LongestExact && TryReadDigits(source, out var digits, out var places))
        {
            var isNegative = source[0] == '-';
            if (places == 0 && (digits != 0 || !isNegative)) return JsonNumber.Create(isNegative ? -digits : digits);
            // Both are exact, so their quotient is the nearest double.
            var quotient = digits / PowersOfTen[places];
            return JsonNumber.FromSource(isNegative ? -quotient : quotient, Encoding.ASCII.GetString(source));
        }

        var value = double.Parse(source, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (!double.IsFinite(value)) throw new JsonException($"The number {Encoding.UTF8.GetString(source)} is beyond the range of a double.", null, null, null);
        return JsonNumber.FromSource(value, Encoding.ASCII.GetString(source));
    }

    // Digits with or without a fraction, but no exponent.
    static bool TryReadDigits(ReadOnlySpan<byte> source, out long digits, out int places)
    {
        digits = 0;
        places = 0;
        var point = source.Length;
        for (var i = source[0] == '-' ? 1 : 0; i < source.Length; i++)
        {
            if (source[i] == '.') point = i;
            else if (source[i] is >= (byte)'0' and <= (byte)'9') digits = (digits * 10) + source[i] - '0';
            else return false;
        }

        places = Math.Max(0, source.Length - point - 1);
        return true;
    }

    string ReadText()
    {
        if (!reader.ValueIsEscaped) return reader.ValueSpan.Length == 0 ? "" : Encoding.UTF8.GetString(reader.ValueSpan);
        return Unescape(reader.ValueSpan);
    }

    // Utf8JsonReader.GetString refuses escapes of unpaired surrogates, which are legal JSON (RFC 8259 section 8.2).
    internal static string Unescape(ReadOnlySpan<byte> source)
    {
        var text = new StringBuilder(source.Length);
        while (true)
        {
            var slash = source.IndexOf((byte)'\\');
            if (slash < 0) return text.Append(Encoding.UTF8.GetString(source)).ToString();
            text.Append(Encoding.UTF8.GetString(source[..slash]));
            var kind = source[slash + 1];
            source = source[(slash + 2)..];
            switch (kind)
            {
                case (byte)'b': text.Append('\b'); break;
                case (byte)'f': text.Append('\f'); break;
                case (byte)'n': text.Append('\n'); break;
                case (byte)'r': text.Append('\r'); break;
                case (byte)'t': text.Append('\t'); break;
                case (byte)'u':
                    text.Append((char)ushort.Parse(source[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                    source = source[4..];
                    break;
                default: text.Append((char)kind); break;
            }
        }
    }

    /// <summary>The values of the containers being read, and the last shape seen at each depth.</summary>
    sealed class Scratch
    {
        JsonValue[] values = new JsonValue[32];
        JsonShape?[] shapes = new JsonShape?[8];

        internal int Count { get; private set; }

        internal void Push(JsonValue value)
        {
            if (Count == values.Length) Array.Resize(ref values, Count * 2);
            values[Count++] = value;
        }

        internal JsonValue[] Pop(int start)
        {
            var popped = values.AsSpan(start, Count - start).ToArray();
            Count = start;
            return popped;
        }

        internal JsonShape? ShapeAt(int depth) => depth < shapes.Length ? shapes[depth] : null;

        internal void KeepShape(int depth, JsonShape shape)
        {
            if (depth >= shapes.Length)
            {
                if (depth > 64) return;
                Array.Resize(ref shapes, Math.Max(depth + 1, shapes.Length * 2));
            }

            shapes[depth] = shape;
        }
    }
}
