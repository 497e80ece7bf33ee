using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Functions;

/// <summary>The functions AWS Step Functions adds, https://docs.aws.amazon.com/step-functions/latest/dg/transforming-data.html.</summary>
internal static class StepFunctionsFunctions
{
    internal static NativeFunction[] All =>
    [
        new("partition", "<an:a>", 2, (run, args) => Partition(run, args[0], args[1])),
        new("range", "<nnn:a>", 3, (run, args) => Range(run, args[0], args[1], args[2])),
        new("hash", "<ss?:s>", 2, (run, args) => Hash(run, args[0], args[1])),
        new("random", "<n?:n>", 1, (run, args) => JsonNumber.Create((args[0] is JsonNumber seed ? new SplitMix(BitConverter.DoubleToUInt64Bits(seed.Value)) : run.Random).NextDouble())),
        new("uuid", "<:s>", 0, (run, _) => Uuid(run)),
        new("parse", "<s:x>", 1, (run, args) => Parse(run, args[0])),
    ];

    static JsonArray? Partition(Run run, JsonValue? array, JsonValue? size)
    {
        if (array is null || size is not JsonNumber number) return null;
        if (!(number.Value >= 1) || number.Value != Math.Floor(number.Value)) throw new JsonataException("U1007", value: ValueOps.ForError(number)) { Index = 2 };
        var items = ValueOps.Items(array);
        run.ChargeSequence(items.Length * 2L);
        var chunk = (int)Math.Min(number.Value, int.MaxValue);
        var chunks = new List<JsonValue>();
        for (var at = 0; at < items.Length; at += Math.Min(chunk, items.Length - at))
        {
            run.Step();
            run.Charge(48);
            var part = items.Slice(at, Math.Min(chunk, items.Length - at)).ToArray();
            chunks.Add(ValueOps.Clean(run, ValueOps.MakeArray(part, part.Length))!);
        }

        return JsonArray.Create(chunks);
    }

    // The end is part of the range. The result is a sequence: a range of one number is the number.
    static Sequence? Range(Run run, JsonValue? from, JsonValue? to, JsonValue? by)
    {
        if (from is not JsonNumber first || to is not JsonNumber last || by is not JsonNumber step) return null;
        if (step.Value == 0 || !double.IsFinite(first.Value + last.Value + step.Value)) throw new JsonataException("U1007", value: ValueOps.ForError(step)) { Index = 3 };
        var count = Math.Floor((last.Value - first.Value) / step.Value) + 1;
        if (!(count >= 1)) return ValueOps.EmptySequence;
        run.ChargeSequence((long)Math.Min(count, long.MaxValue / 2));
        run.Charge((long)count * 32);
        run.Step((int)count);
        var items = new JsonValue?[(int)count];
        for (var i = 0; i < items.Length; i++) items[i] = JsonNumber.FromDouble(first.Value + (i * step.Value));
        return new Sequence(items, items.Length);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The caller names the algorithm.")]
    [SuppressMessage("Security", "CA5351", Justification = "The caller names the algorithm.")]
    static JsonString? Hash(Run run, JsonValue? value, JsonValue? algorithm)
    {
        if (value is not JsonString text) return null;
        run.Step(1 + (text.Value.Length >> 2));
        run.CheckScratch(text.Value.Length * 3L);
        var bytes = Encoding.UTF8.GetBytes(text.Value);
        var name = algorithm is JsonString given ? given.Value : "SHA-256";
        var hash = name switch
        {
            "MD5" => MD5.HashData(bytes),
            "SHA-1" => SHA1.HashData(bytes),
            "SHA-256" => SHA256.HashData(bytes),
            "SHA-384" => SHA384.HashData(bytes),
            "SHA-512" => SHA512.HashData(bytes),
            _ => throw new JsonataException("U1007", value: algorithm) { Index = 2 },
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

    static JsonValue? Parse(Run run, JsonValue? value)
    {
        if (value is not JsonString text) return null;
        run.Step(text.Value.Length);
        run.Charge(text.Value.Length * 8L);
        try
        {
            return JsonValue.Parse(text.Value);
        }
        catch (JsonFormatException problem)
        {
            throw new JsonataException("U1007", -1, null, value, problem) { Index = 1 };
        }
    }
}
