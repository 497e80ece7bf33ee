using System.Text.Unicode;

namespace Orkestra.Expressions.Data;

/// <summary>
/// The text of a document that was read, checked, and where its large containers are. Such a container makes its members when they are first looked at, and is written
/// by copying its text: a payload that only passes through costs one look at its bytes. A container below a <see cref="Share"/>th of the text is made together with what
/// holds it, so a part of a document that is kept holds at most <see cref="Share"/> times its size, and never more than <see cref="Largest"/> bytes.
/// </summary>
internal sealed class LazyJsonText
{
    /// <summary>How many zeros follow a text, so that it can be looked at in pieces of this size.</summary>
    internal const int Padding = 16;

    /// <summary>How deep a kept text may nest.</summary>
    internal const int Deepest = 64;

    const int Smallest = 4096;
    const int Largest = 1 << 20;
    const int Share = 64;

    readonly Extent[] extents;

    LazyJsonText(byte[] bytes, Extent[] extents)
    {
        Bytes = bytes;
        this.extents = extents;
    }

    /// <summary>Compact JSON as <see cref="JsonWriter"/> writes it, then <see cref="Padding"/>.</summary>
    internal byte[] Bytes { get; }

    /// <summary>The large containers, each before those it holds.</summary>
    internal ReadOnlySpan<Extent> Extents => extents;

    /// <summary>The names of the object that was last made at each level, so that neighbours share their shape whenever they are made.</summary>
    internal LazyNames?[] Names { get; } = new LazyNames?[Deepest + 1];

    /// <summary>The value of a text, or null when it is not kept: it is small or huge, not JSON, or JSON in a form that is not written as it was read.</summary>
    internal static JsonValue? TryRead(ReadOnlySpan<byte> utf8Json, int maxDepth)
    {
        if (utf8Json.Length is < Smallest or > Largest || !Utf8.IsValid(utf8Json)) return null;
        utf8Json = utf8Json.Trim(" \t\r\n"u8);
        var bytes = GC.AllocateUninitializedArray<byte>(utf8Json.Length + Padding);
        utf8Json.CopyTo(bytes);
        var length = utf8Json.Length;
        if (Scan(bytes, length, maxDepth) is { } value) return value;
        length = WhiteSpace.Remove(bytes, length);
        return length == utf8Json.Length ? null : Scan(bytes, length, maxDepth);
    }

    /// <summary>A container that is made when it is looked at.</summary>
    internal JsonValue Defer(int at)
    {
        ref readonly var extent = ref extents[at];
        var container = new LazyContainer(this, at);
        return Bytes[extent.Start] == '{' ? new JsonObject(container, extent) : new JsonArray(container, extent);
    }

    static JsonValue? Scan(byte[] bytes, int length, int maxDepth)
    {
        bytes.AsSpan(length, Padding).Clear();
        var scanner = new LazyJsonScanner(bytes, length, length / Share, Math.Min(maxDepth, Deepest));
        return scanner.Scan() is { Length: > 0 } extents ? new LazyJsonText(bytes, extents).Defer(0) : null;
    }

    /// <summary>A large container.</summary>
    /// <param name="Start">Where its text begins.</param>
    /// <param name="End">Where its text has ended.</param>
    /// <param name="Level">How many containers hold it.</param>
    /// <param name="Depth">How deep it nests.</param>
    /// <param name="Count">How many members or elements it has.</param>
    /// <param name="Next">The next extent that it does not hold.</param>
    internal readonly record struct Extent(int Start, int End, int Level, int Depth, int Count, int Next)
    {
        internal int Length => End - Start;
    }
}
