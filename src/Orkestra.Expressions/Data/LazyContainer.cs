namespace Orkestra.Expressions.Data;

/// <summary>A large container of a text, whose members were not looked at yet.</summary>
internal sealed class LazyContainer(LazyJsonText text, int at)
{
    internal ReadOnlySpan<byte> Text
    {
        get
        {
            ref readonly var extent = ref text.Extents[at];
            return text.Bytes.AsSpan(extent.Start, extent.Length);
        }
    }

    internal JsonValue[] ReadElements() => new LazyJsonReader(text, at).ReadElements();

    internal JsonValue[] ReadMembers(out JsonShape shape) => new LazyJsonReader(text, at).ReadMembers(out shape);
}
