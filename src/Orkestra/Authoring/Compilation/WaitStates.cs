using System.Globalization;
using System.Linq.Expressions;
using Orkestra.Asl;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes a Wait state of a pause.</summary>
internal static class WaitStates
{
    public static WaitState Of(WaitFlowNode wait, Func<LambdaExpression, string> lower)
    {
        if (wait.Delay is { } delay) return new WaitState { Seconds = Seconds.Of(delay, "A wait") };
        if (wait.Until is { } until) return new WaitState { Timestamp = until.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture) };
        var expression = $"{{% {lower(wait.Computed!)} %}}";
        return wait.Computed!.ReturnType == typeof(DateTimeOffset)
            ? new WaitState { Comment = wait.Text, Timestamp = expression }
            : new WaitState { Comment = wait.Text, Seconds = expression };
    }
}
