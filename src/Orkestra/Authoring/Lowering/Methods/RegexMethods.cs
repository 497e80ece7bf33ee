using System.Linq.Expressions;
using System.Text;
using System.Text.RegularExpressions;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary><c>Regex.IsMatch</c> with patterns that mean the same in both languages.</summary>
internal static partial class RegexMethods
{
    /// <summary>A backslash in a pattern, which no scanner takes for the escape of what follows.</summary>
    public const string Backslash = @"\u005c";

    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call.Method.DeclaringType != typeof(Regex) || call.Method.Name != nameof(Regex.IsMatch) || call.Object is not null) return null;
        var options = RegexOptions.None;
        if (!Constants.TryEvaluate(call.Arguments[1], out var constant) || constant is not string pattern) throw Refusal.Of(call, "its pattern is not known beforehand");
        if (call.Arguments.Count == 3 && Constants.TryEvaluate(call.Arguments[2], out var given) && given is RegexOptions some) options = some & ~(RegexOptions.CultureInvariant | RegexOptions.ECMAScript);
        else if (call.Arguments.Count > 2) return null;

        if (options is not (RegexOptions.None or RegexOptions.IgnoreCase) || !Common().IsMatch(pattern)) throw Refusal.Of(call, "the pattern means something else in JSONata, or nothing");
        if (MatchesNothing(pattern)) throw Refusal.Of(call, "JSONata refuses patterns that match an empty text");
        return Syntax.Call("contains", lowerer.Lower(call.Arguments[0]), new($"/{Literal(pattern)}/{(options == RegexOptions.IgnoreCase ? "i" : "")}"));
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

    // JSONata finds the end of a pattern by its brackets, and takes each bracket after a backslash for a literal one: also those after an escaped backslash, but not those of a class.
    static string Literal(string pattern)
    {
        var text = new StringBuilder();
        var classStart = -1;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(pattern[++i] == '\\' ? Backslash : $"\\{pattern[i]}");
            }
            else if (c == '/')
            {
                text.Append(@"\/");
            }
            else if (classStart < 0)
            {
                if (c == '[') classStart = i + (i + 1 < pattern.Length && pattern[i + 1] == '^' ? 1 : 0);
                text.Append(c);
            }
            else if (c == ']' && i - 1 > classStart)
            {
                classStart = -1;
                text.Append(c);
            }
            else
            {
                text.Append(c is '(' or ')' or '[' or ']' or '{' or '}' ? $"\\{c}" : $"{c}");
            }
        }

        return text.ToString();
    }

    // Letters, classes, groups, anchors and repetitions; no named groups, options, conditions, lookbehinds, and only escapes both know.
    [GeneratedRegex(@"^(?:[^\\(\x00-\x1f]|\((?!\?)|\(\?[:=!]|\\[dDwWsSbtnr.\-/\\\[\](){}^$*+?|])+$")]
    private static partial Regex Common();

}
