using System.Linq.Expressions;
using System.Reflection;
using Orkestra.Authoring.Lowering.Operations;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>
/// Exceptions in handlers: the error output of a state, <c>{"Error": …, "Cause": …}</c>. The cause of an exception is JSON text with its message and, as <c>errorData</c>, the properties of its own that handlers read.
/// </summary>
internal static class ErrorMembers
{
    /// <summary>The member of a cause that holds the exception's own properties.</summary>
    public const string Data = "errorData";

    public static bool Is(Type type) => typeof(Exception).IsAssignableFrom(type);

    public static JsonataFragment Member(Lowerer lowerer, MemberExpression access, Expression owner)
    {
        var cause = Syntax.Member(lowerer.Lower(owner), "Cause");
        if (access.Member.Name == nameof(Exception.Message)) return OutcomeMembers.MessageOf(lowerer, cause);
        if (access.Member is not PropertyInfo property || property.DeclaringType == typeof(Exception))
            throw Refusal.Of(access, $"'{access.Member.Name}' of an exception does not travel", "Read Message or a property of the exception's own type.");
        var member = lowerer.Contracts.Inferred(property.Name, property.PropertyType, property.DeclaringType!);
        var data = lowerer.Named(
            cause,
            text => Syntax.Conditional(OutcomeMembers.IsJson(text), Syntax.Member(Syntax.Member(Syntax.Call("parse", text), Data), member.Name), Syntax.Null),
            "cause");
        var absent = Members.DefaultOf(lowerer, property.PropertyType, access);
        return lowerer.Named(data, value => Syntax.Conditional(Syntax.And(Syntax.Exists(value), Syntax.Compare("!=", value, Syntax.Null)), value, absent)).With(Members.NullableTraits(property.PropertyType));
    }
}
