using System.Linq.Expressions;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Time, randomness and identifiers: JSONata has <c>$now()</c>, <c>$uuid()</c> and <c>$random()</c>, evaluated when the state runs. And the parts of a date.</summary>
internal static class ClockMembers
{
    static readonly Dictionary<string, (int At, int Length)> Parts = new()
    {
        ["Year"] = (0, 4),
        ["Month"] = (5, 2),
        ["Day"] = (8, 2),
        ["Hour"] = (11, 2),
        ["Minute"] = (14, 2),
        ["Second"] = (17, 2),
    };

    public static JsonataFragment Static(MemberExpression access)
    {
        var type = access.Member.DeclaringType!;
        return (access.Member.Name, Types.IsMoment(type)) switch
        {
            ("UtcNow", true) => Syntax.Call("now"),
            ("Now" or "Today", true) => throw Refusal.Of(access, "a state machine has no time zone", "Use UtcNow."),
            _ => throw Refusal.Of(access, "it is not known when the workflow is defined"),
        };
    }

    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        var type = call.Method.DeclaringType!;
        if (IsUtcNow(call)) return Syntax.Call("now");
        if (type == typeof(Guid) && call.Method.Name == nameof(Guid.NewGuid)) return Syntax.Call("uuid");
        if (type == typeof(Random) && call.Object is MemberExpression { Expression: null, Member.Name: nameof(Random.NextDouble) or "Shared" })
        {
            return (call.Method.Name, call.Arguments.Count) switch
            {
                (nameof(Random.NextDouble), 0) => Syntax.Call("random"),
                (nameof(Random.Next), 1) => Syntax.Call("floor", Syntax.Binary("*", Precedence.Multiplicative, Syntax.Call("random"), lowerer.Operand(call.Arguments[0]))),
                _ => null,
            };
        }

        return null;
    }

    public static bool IsUtcNow(Expression expression) =>
        expression is MemberExpression { Expression: null, Member.Name: "UtcNow" } or MethodCallExpression { Method.Name: nameof(TimeProvider.GetUtcNow), Object.Type.Name: nameof(TimeProvider) };

    /// <summary>Reads a part of a date or time out of its text.</summary>
    public static Func<JsonataFragment, JsonataFragment>? PartOf(Type type, string name)
    {
        if (!Parts.TryGetValue(name, out var part)) return null;
        var shift = type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) ? 0 : type == typeof(TimeOnly) ? -11 : (int?)null;
        if (shift is null || part.At + shift < 0 || (type == typeof(DateOnly) && part.At > 8)) return null;
        return date => Syntax.Call("number", Syntax.Call("substring", date, Syntax.Number(part.At + shift.Value), Syntax.Number(part.Length)));
    }
}
