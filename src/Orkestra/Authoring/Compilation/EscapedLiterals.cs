using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Values that stand in a document as they are.</summary>
internal static class EscapedLiterals
{
    /// <summary>The value with texts that would be taken for an expression said as one.</summary>
    public static JsonValue Escape(JsonValue value) => value switch
    {
        JsonString { Value: var text } when text.StartsWith("{%", StringComparison.Ordinal) && text.EndsWith("%}", StringComparison.Ordinal) =>
            FlowCompiler.Expression(value.ToJson()),
        JsonArray array => JsonArray.Create(array.Select(Escape)),
        JsonObject members => JsonObject.Create(members.Select(member => KeyValuePair.Create(member.Key, Escape(member.Value)))),
        _ => value,
    };
}
