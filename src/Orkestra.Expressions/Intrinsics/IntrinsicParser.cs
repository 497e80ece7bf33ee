using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Expressions.Paths;

namespace Orkestra.Expressions.Intrinsics;

/// <summary>Reads calls of intrinsic functions: <c>States.Name(argument, …)</c>; an argument is a call, a path, a string in single quotes or a JSON scalar.</summary>
internal sealed class IntrinsicParser(string text)
{
    const int DeepestNest = 10;
    const int LongestExpression = 10_000;

    readonly List<JsonPath> paths = [];
    int at;

    internal IReadOnlyList<JsonPath> Paths => paths;

    internal IntrinsicCall Parse()
    {
        if (text.Length > LongestExpression) throw new IntrinsicSyntaxException($"The expression is longer than {LongestExpression} characters", text, LongestExpression);
        var call = Call(1);
        SkipBlanks();
        return at == text.Length ? call : throw Fault("Unexpected text behind the call");
    }

    IntrinsicCall Call(int depth)
    {
        var start = at;
        if (depth > DeepestNest) throw Fault($"Intrinsic functions nest deeper than {DeepestNest} levels");
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] == '.')) at++;
        var name = text[start..at];
        if (IntrinsicFunctions.Find(name) is not { } function) throw Fault($"There is no intrinsic function '{name}'", start);
        Expect('(');
        var arguments = Arguments(depth, template: name == "States.Format");
        if (arguments.Count < function.MinArguments || arguments.Count > function.MaxArguments) throw Fault($"{name} takes another number of arguments than {arguments.Count}", start);
        return new IntrinsicCall(function, [.. arguments]);
    }

    List<IntrinsicNode> Arguments(int depth, bool template)
    {
        var arguments = new List<IntrinsicNode>();
        SkipBlanks();
        if (Take(')')) return arguments;
        while (true)
        {
            SkipBlanks();
            arguments.Add(Argument(depth, template && arguments.Count == 0));
            SkipBlanks();
            if (Take(')')) return arguments;
            Expect(',');
        }
    }

    IntrinsicNode Argument(int depth, bool template)
    {
        if (at >= text.Length) throw Fault("A call is not closed");
        return text[at] switch
        {
            '$' => Path(),
            '\'' => Text(template),
            'S' => Call(depth + 1),
            _ => Scalar(),
        };
    }

    /// <summary>A path ends at a comma or bracket that is not inside brackets or quotes of its own.</summary>
    PathArgument Path()
    {
        var start = at;
        var depth = 0;
        var quote = '\0';
        for (; at < text.Length; at++)
        {
            var c = text[at];
            if (quote != '\0')
            {
                if (c == '\\') at++;
                else if (c == quote) quote = '\0';
            }
            else if (depth > 0 && c is '\'' or '"') quote = c;
            else if (c is '[' or '(') depth++;
            else if (c is ']' or ')' && depth-- == 0) break;
            else if (c == ',' && depth == 0) break;
        }

        at = Math.Min(at, text.Length);
        try
        {
            var path = JsonPath.Compile(text[start..at].Trim());
            paths.Add(path);
            return new PathArgument(path);
        }
        catch (JsonPathSyntaxException problem)
        {
            throw Fault(problem.Problem, start + problem.Position);
        }
    }

    /// <summary>A string. Only quotes, braces and backslashes can be escaped; a template keeps its escapes, which <c>States.Format</c> reads.</summary>
    LiteralArgument Text(bool template)
    {
        var start = at++;
        var value = new StringBuilder();
        var raw = new StringBuilder();
        while (at < text.Length && text[at] != '\'')
        {
            var c = text[at++];
            raw.Append(c);
            if (c == '\\')
            {
                if (at >= text.Length || text[at] is not ('\'' or '{' or '}' or '\\')) throw Fault("Only \\', \\{, \\} and \\\\ are escapes", at - 1);
                c = text[at++];
                raw.Append(c);
            }

            value.Append(c);
        }

        if (at >= text.Length) throw Fault("A string is not closed", start);
        at++;
        return new LiteralArgument(template ? raw.ToString() : value.ToString());
    }

    LiteralArgument Scalar()
    {
        var start = at;
        while (at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '+' or '.')) at++;
        var word = text[start..at];
        try
        {
            return new LiteralArgument(JsonValue.Parse(word));
        }
        catch (JsonFormatException)
        {
            throw Fault("Expected an argument", start);
        }
    }

    bool Take(char c)
    {
        if (at >= text.Length || text[at] != c) return false;
        at++;
        return true;
    }

    void Expect(char c)
    {
        if (!Take(c)) throw Fault($"Expected '{c}'");
    }

    void SkipBlanks()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at])) at++;
    }

    IntrinsicSyntaxException Fault(string message, int? position = null) => new(message, text, position ?? at);
}
