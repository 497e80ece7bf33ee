using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Jsonata.Runtime;

/// <summary>Equality as <c>=</c> has it, for hash tables. It counts what it does, and its hash codes are the same in every process, so that the count is.</summary>
internal sealed class ValueComparer(Run run) : IEqualityComparer<JsonValue>
{
    const ulong Prime = 0x9E3779B97F4A7C15;

    public bool Equals(JsonValue? x, JsonValue? y)
    {
        run.Step();
        return ValueOps.AreEqual(run, x, y);
    }

    public int GetHashCode([DisallowNull] JsonValue value) => (int)(Hash(value) >> 32);

    ulong Hash(JsonValue value)
    {
        switch (value)
        {
            case JsonNumber number: return Mix(1, BitConverter.DoubleToUInt64Bits(number.Value == 0 ? 0 : number.Value));
            case JsonString text: return Hash(text.Value);
            case JsonBoolean boolean: return boolean.Value ? 2UL << 32 : 3UL << 32;
            case JsonObject members:
                run.Enter();
                var hash = (ulong)members.Count;
                // The order of members does not count.
                for (var i = 0; i < members.Count; i++) hash += Mix(Hash(members.Shape[i]), Hash(members.Values[i]));
                run.Leave();
                return Mix(4, hash);
            case JsonArray or Sequence:
                run.Enter();
                var all = 5UL;
                foreach (var item in ValueOps.Items(value)) all = Mix(all, item is null ? 6 : Hash(item));
                run.Leave();
                return all;
            default: return 7;
        }
    }

    ulong Hash(string text)
    {
        run.StepText(text.Length);
        var hash = (ulong)text.Length;
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var word in words) hash = Mix(hash, word);
        foreach (var c in text.AsSpan(words.Length * 4)) hash = Mix(hash, c);
        return hash;
    }

    static ulong Mix(ulong hash, ulong value)
    {
        hash = (hash ^ value) * Prime;
        return hash ^ (hash >> 29);
    }
}
