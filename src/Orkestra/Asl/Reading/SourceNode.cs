using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Asl.Reading;

/// <summary>A JSON value that knows where in the text it stands.</summary>
internal sealed class SourceNode
{
    // Shared, so never added to: most nodes are neither an object nor an array.
    static readonly List<SourceMember> NoMembers = [];
    static readonly List<SourceNode> NoItems = [];

    JsonValue? value;

    SourceNode(JsonKind kind, int offset, JsonValue? value)
    {
        Kind = kind;
        Offset = offset;
        this.value = value;
    }

    internal JsonKind Kind { get; }

    /// <summary>Where the value begins, in bytes.</summary>
    internal int Offset { get; }

    /// <summary>The members of an object, duplicates included.</summary>
    internal List<SourceMember> Members { get; private init; } = NoMembers;

    /// <summary>The elements of an array.</summary>
    internal List<SourceNode> Items { get; private init; } = NoItems;

    /// <summary>The value without positions. Of members with the same name the last one counts.</summary>
    internal JsonValue Value
    {
        get
        {
            if (value is not null) return value;
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (Kind == JsonKind.Array) return value = JsonArray.Create(Items.Select(item => item.Value));
            var builder = new JsonObject.Builder(Members.Count);
            foreach (var member in Members) builder.Set(member.Name, member.Value.Value);
            return value = builder.Build();
        }
    }

    internal string? Text => value is JsonString text ? text.Value : null;

    internal static SourceNode Scalar(JsonValue value, int offset) => new(value.Kind, offset, value);

    internal static SourceNode Array(List<SourceNode> items, int offset) => new(JsonKind.Array, offset, null) { Items = items };

    internal static SourceNode Object(List<SourceMember> members, int offset) => new(JsonKind.Object, offset, null) { Members = members };

    /// <summary>The member with a name, the last of several.</summary>
    internal SourceNode? Find(string name)
    {
        for (var i = Members.Count - 1; i >= 0; i--)
        {
            if (Members[i].Name == name) return Members[i].Value;
        }

        return null;
    }
}

/// <summary>A member of an object and where its name stands, in bytes.</summary>
internal readonly record struct SourceMember(string Name, int Offset, SourceNode Value);
