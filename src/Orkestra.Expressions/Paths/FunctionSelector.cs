using System.Text;
using Orkestra.Expressions.Data;

namespace Orkestra.Expressions.Paths;

/// <summary>
/// Step Functions: a function at the end of a path. <c>length()</c> and <c>keys()</c> answer; the arithmetic ones of Jayway (<c>sum()</c>, <c>min()</c> …)
/// are accepted and give nothing, as on AWS, where the values are of a type they do not calculate with.
/// </summary>
internal sealed class FunctionSelector(string name) : PathSelector
{
    internal string Name { get; } = name;

    internal override bool IsDefinite => true;

    internal override JsonValue? Get(JsonValue node) => (Name, node) switch
    {
        ("length" or "size", JsonArray array) => array.Count,
        ("length" or "size", JsonObject members) => members.Count,
        ("keys", JsonObject members) => JsonArray.Create(members.Names.ToArray().Select(JsonString.Create)),
        _ => null,
    };

    internal override void Select(JsonValue node, NodeLocation? location, PathWalk walk)
    {
        if (Get(node) is { } value) walk.Add(value, location, Name + "()");
    }

    internal override void Write(StringBuilder output) => output.Append('.').Append(Name).Append("()");
}
