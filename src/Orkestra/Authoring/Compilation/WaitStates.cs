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
        if (time.ReturnType == typeof(DateTimeOffset)) return new WaitState { Comment = text, Timestamp = $"{{% {compiler.Lower(time)} %}}" };
        var seconds = time.ReturnType == typeof(TimeSpan) ? compiler.Lower(WholeSeconds(time.Body), time.Parameters) : compiler.Lower(time);
        return new WaitState { Comment = text, Seconds = $"{{% {seconds} %}}" };
    }

    static MethodCallExpression WholeSeconds(Expression time) => Expression.Call(
        typeof(Math).GetMethod(nameof(Math.Ceiling), [typeof(double)])!, Expression.Property(time, typeof(TimeSpan).GetProperty(nameof(TimeSpan.TotalSeconds))!));
}
