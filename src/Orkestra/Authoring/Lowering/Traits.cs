namespace Orkestra.Authoring.Lowering;

/// <summary>What is known about the value of a piece of JSONata beyond its C# type.</summary>
[Flags]
internal enum Traits
{
    None = 0,

    /// <summary>The value may be JSON <c>null</c>.</summary>
    MayBeNull = 1,

    /// <summary>Nothing may be there: a payload of another writer may lack the member.</summary>
    MayBeAbsent = 2,

    /// <summary>Nothing may be there in payloads of our own serializer too, or there may be no such element. Comes with <see cref="MayBeAbsent"/>.</summary>
    Omitted = 4,

    /// <summary>A JSONata sequence instead of an array: nothing when empty, the bare element when there is one.</summary>
    Sequence = 8,

    /// <summary>Elements may be arrays, which JSONata flattens unless told otherwise.</summary>
    Nested = 16,

    /// <summary>An array constructor: inside another one it stays an element of its own.</summary>
    Constructor = 32,

    /// <summary>Ends in an index that is computed: JSONata still holds a sequence there, so another index needs parentheses.</summary>
    DynamicIndex = 64,

    /// <summary>Surely a text, so nothing has to make one of it.</summary>
    Text = 128,

    /// <summary>A moment in milliseconds already, not as its text.</summary>
    Millis = 256,
}
