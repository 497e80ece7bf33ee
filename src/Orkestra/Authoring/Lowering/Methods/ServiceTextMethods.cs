using System.Linq.Expressions;
using Orkestra.Authoring.Services;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>What the helpers of services do with answers.</summary>
internal static class ServiceTextMethods
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Method.DeclaringType != typeof(ServiceText)) return null;
        var value = lowerer.Value(Lowerer.Stripped(call.Arguments[0]));
        return call.Method.Name == nameof(ServiceText.Parse) ? Syntax.Call("parse", value) : value;
    }
}
