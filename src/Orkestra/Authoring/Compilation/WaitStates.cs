using System.Globalization;
using System.Linq.Expressions;
using Orkestra.Asl;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes a Wait state of a pause.</summary>
internal static class WaitStates
{
    public static WaitState Of(WaitFlowNode wait, FlowCompiler compiler)
    {
        if (wait.Delay is { } delay) return new WaitState { Seconds = Seconds.Of(delay, "A wait") };
        if (wait.Until is { } until) return new WaitState { Timestamp = until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) };
        return Computed(wait.Computed!, wait.Text, compiler);
    }

    // What needs expression trees has a method of its own: a workflow without expressions does not load them.
    static WaitState Computed(LambdaExpression time, string text, FlowCompiler compiler)
    {
        if (time.ReturnType == typeof(DateTimeOffset)) return new WaitState { Comment = text, Timestamp = $"{{% {Moment(time, compiler.Lower(time).ToString())} %}}" };
        var seconds = time.ReturnType == typeof(TimeSpan) ? compiler.Lower(WholeSeconds(time.Body), time.Parameters) : compiler.Lower(time);
        return new WaitState { Comment = text, Seconds = $"{{% {seconds} %}}" };
    }

    // The text of a DateTime has no offset when its kind is Unspecified, and a state machine refuses such a timestamp.
    static string Moment(LambdaExpression time, string code) =>
        time.Body is UnaryExpression { NodeType: ExpressionType.Convert, Operand: MemberExpression { Type: var type } } && (Nullable.GetUnderlyingType(type) ?? type) == typeof(DateTime)
            ? $"$fromMillis($toMillis({code}))" : code;

    static MethodCallExpression WholeSeconds(Expression time) => Expression.Call(
        typeof(Math).GetMethod(nameof(Math.Ceiling), [typeof(double)])!, Expression.Property(time, typeof(TimeSpan).GetProperty(nameof(TimeSpan.TotalSeconds))!));
}
