namespace Orkestra.Asl;

/// <summary>Makes lists that are compared by their elements.</summary>
public static class EquatableList
{
    /// <summary>A list of these elements, copied.</summary>
    public static EquatableList<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>A list of these elements, copied.</summary>
    public static EquatableList<T> Create<T>(IEnumerable<T> items) => new([.. items]);
}
