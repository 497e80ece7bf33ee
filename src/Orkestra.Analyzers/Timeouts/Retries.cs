using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Timeouts;

/// <summary>How often something is tried again, and how long is waited in between.</summary>
internal sealed record Retries(int MaxAttempts, TimeSpan Interval, double BackoffRate)
{
    public static Retries None { get; } = new(0, TimeSpan.Zero, 1);

    /// <summary>How long all tries and waits may take when a try takes its full time.</summary>
    public TimeSpan Total(TimeSpan timeout)
    {
        var total = timeout.TotalSeconds * (MaxAttempts + 1);
        var wait = Interval.TotalSeconds;
        for (var i = 0; i < Math.Min(MaxAttempts, 100); i++)
        {
            total += wait;
            wait *= BackoffRate;
        }

        return TimeSpan.FromSeconds(Math.Min(Math.Floor(total), 1e9));
    }

    /// <summary>What <c>Retry = …</c> says; none when it is not written out.</summary>
    public static Retries Of(ExpressionSyntax? expression)
    {
        if (Durations.NumberOf(expression) is { } count) return new((int)count, TimeSpan.FromSeconds(1), 2);
        if (expression is not BaseObjectCreationExpressionSyntax creation) return None;
        var attempts = StepSettings.Assigned(creation, "MaxAttempts") is { } written ? Durations.NumberOf(written) : 3;
        return attempts is null ? None : Of(attempts.Value, StepSettings.Assigned(creation, "Interval"), StepSettings.Assigned(creation, "BackoffRate"));
    }

    /// <summary>What <c>.Retry(…)</c> says.</summary>
    public static Retries Of(ArgumentListSyntax arguments)
    {
        if (arguments.Arguments.Count == 1 && arguments.Arguments[0].Expression is BaseObjectCreationExpressionSyntax policy) return Of(policy);
        var attempts = Argument("maxAttempts", 0) is { } written ? Durations.NumberOf(written) : 3;
        return attempts is null ? None : Of(attempts.Value, Argument("interval", 1), Argument("backoffRate", 2));

        ExpressionSyntax? Argument(string name, int position)
        {
            for (var i = 0; i < arguments.Arguments.Count; i++)
            {
                var argument = arguments.Arguments[i];
                if (argument.NameColon is { } colon ? colon.Name.Identifier.ValueText == name : i == position) return argument.Expression;
            }

            return null;
        }
    }

    static Retries Of(double attempts, ExpressionSyntax? interval, ExpressionSyntax? backoff) =>
        new((int)attempts, interval is null ? TimeSpan.FromSeconds(1) : Durations.Of(interval) ?? TimeSpan.Zero, backoff is null ? 2 : Durations.NumberOf(backoff) ?? 1);
}
