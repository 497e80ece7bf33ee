using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Payloads without a type of their own: <see cref="JsonElement"/> and <see cref="JsonNode"/>.</summary>
internal static class JsonElementMethods
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Object is not { } owner || !(owner.Type == typeof(JsonElement) || typeof(JsonNode).IsAssignableFrom(owner.Type))) return null;
        switch (call.Method.Name, call.Arguments)
        {
            case ("GetProperty", [var name]) when Constants.TryEvaluate(name, out var value) && value is string text:
                return Syntax.Member(lowerer.Operand(owner), text);
            case ("get_Item", [var key]) when key.Type == typeof(int):
                return Syntax.Index(lowerer.Operand(owner), lowerer.Operand(key), Constants.TryEvaluate(key, out _));
            case ("get_Item", [var key]) when Constants.TryEvaluate(key, out var value) && value is string text:
                return Syntax.Member(lowerer.Operand(owner), text).With(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted);
            case ("GetString" or "GetBoolean" or "GetInt32" or "GetInt64" or "GetDouble" or "GetDecimal" or "GetValue" or "AsObject" or "AsArray" or "AsValue", []):
                return lowerer.Lower(owner);
            case ("GetArrayLength", []):
                return Syntax.Call("count", lowerer.Operand(owner));
            default:
                return null;
        }
    }
}
