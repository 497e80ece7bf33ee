using System.Linq.Expressions;
using System.Text.RegularExpressions;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary><c>Regex.IsMatch</c> with patterns that mean the same in both languages.</summary>
internal static partial class RegexMethods
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Method.DeclaringType != typeof(Regex) || call.Method.Name != nameof(Regex.IsMatch) || call.Object is not null) return null;
        var options = RegexOptions.None;
        if (!Constants.TryEvaluate(call.Arguments[1], out var constant) || constant is not string pattern) throw Refusal.Of(call, "its pattern is not known beforehand");
        if (call.Arguments.Count == 3 && Constants.TryEvaluate(call.Arguments[2], out var given) && given is RegexOptions some) options = some & ~(RegexOptions.CultureInvariant | RegexOptions.ECMAScript);
        else if (call.Arguments.Count > 2) return null;

        if (options is not (RegexOptions.None or RegexOptions.IgnoreCase) || !Common().IsMatch(pattern)) throw Refusal.Of(call, "the pattern means something else in JSONata, or nothing");
        if (MatchesNothing(pattern)) throw Refusal.Of(call, "JSONata refuses patterns that match an empty text");
        return Syntax.Call("contains", lowerer.Lower(call.Arguments[0]), new($"/{Slash().Replace(pattern, @"\/")}/{(options == RegexOptions.IgnoreCase ? "i" : "")}"));
    }

    static bool MatchesNothing(string pattern)
    {
        try
        {
            return Regex.IsMatch("", pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    // Letters, classes, groups, anchors and repetitions; no named groups, options, conditions, lookbehinds, and only escapes both know.
    [GeneratedRegex(@"^(?:[^\\(\x00-\x1f]|\((?!\?)|\(\?[:=!]|\\[dDwWsSbtnr.\-/\\\[\](){}^$*+?|])+$")]
    private static partial Regex Common();

    [GeneratedRegex(@"(?<!\\)/")]
    private static partial Regex Slash();
}
