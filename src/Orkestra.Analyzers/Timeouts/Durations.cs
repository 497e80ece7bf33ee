using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Orkestra.Analyzers.Timeouts;

/// <summary>Reads durations that are written out, such as <c>TimeSpan.FromMinutes(5)</c>.</summary>
internal static class Durations
{
    public static TimeSpan? Of(ExpressionSyntax? expression)
    {
        switch (expression)
        {
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var name } } call
                when IsTimeSpan(type.ToString()) && call.ArgumentList.Arguments.Count == 1 && NumberOf(call.ArgumentList.Arguments[0].Expression) is { } amount:
                return name switch
                {
                    "FromDays" => Scaled(amount, 86_400),
                    "FromHours" => Scaled(amount, 3_600),
                    "FromMinutes" => Scaled(amount, 60),
                    "FromSeconds" => Scaled(amount, 1),
                    "FromMilliseconds" => Scaled(amount, 0.001),
                    _ => null,
                };
            case ObjectCreationExpressionSyntax creation when IsTimeSpan(creation.Type.ToString()) && creation.ArgumentList is { } arguments:
                var parts = arguments.Arguments.Select(static argument => NumberOf(argument.Expression)).ToArray();
                if (parts.Any(static part => part is null)) return null;
                return parts.Length switch
                {
                    3 => Scaled((parts[0] * 3_600 + parts[1] * 60 + parts[2])!.Value, 1),
                    4 => Scaled((parts[0] * 86_400 + parts[1] * 3_600 + parts[2] * 60 + parts[3])!.Value, 1),
                    _ => null,
                };
            default:
                return null;
        }
    }

    public static double? NumberOf(ExpressionSyntax? expression) =>
        expression is LiteralExpressionSyntax { Token.Value: int or long or double or decimal } literal
            ? Convert.ToDouble(literal.Token.Value, System.Globalization.CultureInfo.InvariantCulture)
            : null;

    /// <summary>A duration as people say it.</summary>
    public static string Text(TimeSpan time)
    {
        if (time.TotalSeconds >= 86_400 && time.TotalSeconds % 86_400 == 0) return Count(time.TotalDays, "day");
        if (time.TotalSeconds >= 3_600 && time.TotalSeconds % 3_600 == 0) return Count(time.TotalHours, "hour");
        return time.TotalSeconds >= 60 && time.TotalSeconds % 60 == 0 ? Count(time.TotalMinutes, "minute") : Count(time.TotalSeconds, "second");
    }

    static string Count(double number, string unit) => FormattableString.Invariant($"{number:0.###} {unit}{(number == 1 ? "" : "s")}");

    static bool IsTimeSpan(string type) => type is "TimeSpan" or "System.TimeSpan" or "global::System.TimeSpan";

    static TimeSpan? Scaled(double amount, double unit) => amount * unit is > 0 and < 1e11 ? TimeSpan.FromSeconds(amount * unit) : null;
}
