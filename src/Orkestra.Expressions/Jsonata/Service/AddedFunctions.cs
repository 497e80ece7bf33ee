using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Service;

/// <summary>The functions AWS Step Functions adds, https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html.</summary>
internal static class AddedFunctions
{
    internal static NativeFunction[] All =>
    [
        new("partition", "<xn?:a>", 2, (run, args) => Partition(run, args[0], args[1])),
        new("range", "<n?n?n?:a>", 3, (run, args) => Range(run, args[0], args[1], args[2])),
        new("random", "<n?:n>", 1, (run, args) => JsonNumber.FromDouble(args[0] is JsonNumber seed ? JavaRandom.NextDouble(Whole(seed.Value)) : run.Random.NextDouble())),
        new("uuid", "<:s>", 0, (run, _) => Uuid(run)),
        new("parse", "<s?:x>", 1, (run, args) => args[0] is JsonString text ? LenientJson.Parse(run, text.Value) : null),
    ];

    // A double as Java's cast to long has it: cut towards zero, and at the ends of the range.
    internal static long Whole(double value) => double.IsNaN(value) ? 0 : value >= long.MaxValue ? long.MaxValue : value <= long.MinValue ? long.MinValue : (long)value;

    static JsonValue? Partition(Run run, JsonValue? array, JsonValue? size)
    {
        if (array is null) return null;
        if (!ValueOps.IsArray(array)) throw new JsonataException("T0412", value: ValueOps.ForError(array)) { Index = 1 };
        var items = ValueOps.Items(array);
        var wanted = size is JsonNumber number ? Whole(number.Value) : Math.Max(1, items.Length);
        if (wanted < 0) throw new JsonataException("D3137", "Second argument must be zero or greater");
        if (wanted == 0 || items.Length == 0) return null;
        run.ChargeSequence(items.Length * 2L);
        var chunk = (int)Math.Min(wanted, items.Length);
        var chunks = new JsonValue?[((items.Length - 1) / chunk) + 1];
        for (var i = 0; i < chunks.Length; i++)
        {
            run.Step();
            run.Charge(48);
            var part = items.Slice(i * chunk, Math.Min(chunk, items.Length - (i * chunk))).ToArray();
            chunks[i] = ValueOps.MakeArray(part, part.Length);
        }

        return ValueOps.MakeArray(chunks, chunks.Length);
    }

    // The end is part of the range. The result is a sequence: a range of one number is the number, and one without any is nothing.
    static Sequence? Range(Run run, JsonValue? from, JsonValue? to, JsonValue? by)
    {
        if (from is not JsonNumber start || to is not JsonNumber end || by is not JsonNumber increment) return null;
        var (first, last, step) = (Whole(start.Value), Whole(end.Value), Whole(increment.Value));
        if (step == 0 || (step > 0 ? first > last : first < last)) return ValueOps.EmptySequence;
        var count = (Int128)((Int128)last - first) / step + 1;
        run.ChargeSequence((long)Int128.Min(count, long.MaxValue / 8));
        run.Charge((long)count * 32);
        run.Step((int)count);
        var items = new JsonValue?[(int)count];
        for (var i = 0; i < items.Length; i++) items[i] = JsonNumber.Create(first + (i * step));
        return new Sequence(items, items.Length);
    }

    /// <summary><c>$hash(text, algorithm)</c>: an algorithm that is left out is not one that is undefined, so it takes its arguments as they were given.</summary>
    [SuppressMessage("Security", "CA5350", Justification = "The caller names the algorithm.")]
    [SuppressMessage("Security", "CA5351", Justification = "The caller names the algorithm.")]
    internal static JsonString? Hash(Run run, ReadOnlySpan<JsonValue?> arguments)
    {
        if (arguments.Length > 2 || arguments[0] is not (null or JsonString)) throw new JsonataException("T0410", value: ValueOps.ForError(arguments[0])) { Index = arguments.Length > 2 ? 3 : 1 };
        if (arguments[0] is not JsonString text || arguments.Length < 2) return null;
        run.Step(1 + (text.Value.Length >> 2));
        run.CheckScratch(text.Value.Length * 3L);
        var bytes = Encoding.UTF8.GetBytes(text.Value);
        var hash = (arguments[1] as JsonString)?.Value switch
        {
            "MD5" => MD5.HashData(bytes),
            "SHA-1" => SHA1.HashData(bytes),
            "SHA-256" => SHA256.HashData(bytes),
            "SHA-384" => SHA384.HashData(bytes),
            "SHA-512" => SHA512.HashData(bytes),
            _ => throw new JsonataException("D3137", "The hash algorithm must be one of MD5, SHA-1, SHA-256, SHA-384 and SHA-512"),
        };
        return JsonString.Create(Convert.ToHexStringLower(hash));
    }

    static JsonString Uuid(Run run)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, run.Random.NextUInt64());
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], run.Random.NextUInt64());
        // Version 4 and the variant of RFC 9562.
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return JsonString.Create(new Guid(bytes, bigEndian: true).ToString());
    }
}
