using System.Collections.ObjectModel;
using System.Linq.Expressions;
using System.Text;
using Orkestra.Authoring.Lowering.Collections;
using Orkestra.Authoring.Lowering.Metadata;

namespace Orkestra.Authoring.Lowering.Methods;

/// <summary>Methods of <see cref="string"/>, and text made of other values.</summary>
internal static class StringMethods
{
    public static JsonataFragment? TryCall(Lowerer lowerer, MethodCallExpression call)
    {
        if (call is { Method.Name: "ToString", Object: { } value }) return ToText(lowerer, call, value);
        if (call.Method.DeclaringType == typeof(char) && call is { Object: null, Arguments: [{ } character] } && character.Type == typeof(char))
            return CharMethods.Lower(call.Method.Name, lowerer.Lower(character));
        if (call.Method.DeclaringType != typeof(string)) return null;
        return call.Object is null ? Static(lowerer, call) : Instance(lowerer, call, lowerer.Lower(call.Object));
    }

    /// <summary>Whether a StringComparison among the arguments ignores case; refuses those that follow a culture.</summary>
    public static bool IgnoresCase(MethodCallExpression call, IEnumerable<Expression> arguments)
    {
        foreach (var argument in arguments)
        {
            if (!Constants.TryEvaluate(argument, out var value)) throw Refusal.Of(call, "how it compares is not known beforehand", "Use StringComparison.Ordinal.");
            switch (value)
            {
                case null or StringComparison.Ordinal or false:
                    break;
                case StringComparison.OrdinalIgnoreCase or true:
                    return true;
                default:
                    throw Refusal.Of(call, "JSONata knows no cultures", "Use StringComparison.Ordinal or OrdinalIgnoreCase.");
            }
        }

        return false;
    }

    /// <summary>Texts and other values one after the other.</summary>
    public static JsonataFragment Concatenation(Lowerer lowerer, Expression expression)
    {
        var pieces = new List<JsonataFragment>();
        Collect(lowerer, expression, pieces);
        return Joined(pieces);
    }

    /// <summary>The text of a value, as ToString gives it.</summary>
    public static JsonataFragment Of(Lowerer lowerer, Expression expression)
    {
        expression = Lowerer.Stripped(expression);
        var type = Types.Unwrap(expression.Type);
        return Types.IsNumber(type)
            ? OrEmpty(lowerer, lowerer.Operand(expression), static number => Syntax.Call("string", number))
            : Piece(lowerer, expression);
    }

    /// <summary>A value as an operand of <c>&amp;</c>, which makes texts of numbers by itself.</summary>
    public static JsonataFragment Piece(Lowerer lowerer, Expression expression)
    {
        expression = Lowerer.Stripped(expression);
        if (Constants.TryEvaluate(expression, out var constant) && constant is null or string or char) return Syntax.Text($"{constant}");
        var type = Types.Unwrap(expression.Type);
        var code = lowerer.Operand(expression);
        if (type == typeof(bool)) return OrEmpty(lowerer, code, static value => Syntax.Conditional(value, Syntax.Text("True"), Syntax.Text("False"))).With(Traits.Text);
        if (type.IsEnum) return OrEmpty(lowerer, Enums.Name(lowerer, expression, code), static text => text).With(Traits.Text);
        if (Types.IsNumber(type)) return OrEmpty(lowerer, code, static number => number);
        return type == typeof(string) || type == typeof(char) || type == typeof(Guid) || type == typeof(TimeSpan)
            ? OrEmpty(lowerer, code, static text => text).With(Traits.Text)
            : throw Refusal.Of(expression, $"a text of {TypeName.Of(type)} is not in its JSON", "Say which members belong into the text, or use a Step.");
    }

    /// <summary>Pieces joined by <c>&amp;</c>.</summary>
    public static JsonataFragment Joined(IEnumerable<JsonataFragment> pieces) => pieces.Where(static piece => piece.Text != "''").ToArray() switch
    {
        [] => Syntax.Text(""),
        [var only] => only.Has(Traits.Text) ? only : Syntax.Call("string", only),
        var several => several.Aggregate(static (left, right) => Syntax.Binary("&", Precedence.Additive, left, right)),
    };

    /// <summary>The text of a <c>string.IsNullOrEmpty</c>.</summary>
    public static Expression? IsEmptyTest(Expression test) =>
        test is MethodCallExpression { Method.Name: nameof(string.IsNullOrEmpty) } call && call.Method.DeclaringType == typeof(string) ? call.Arguments[0] : null;

    /// <summary>Whether a text is neither null nor empty.</summary>
    public static JsonataFragment IsNotEmpty(Lowerer lowerer, Expression text) =>
        lowerer.Named(lowerer.Lower(text), static some => Syntax.And(Syntax.IsNotNull(some), Syntax.Compare("!=", some, Syntax.Text(""))), "text");

    /// <summary>The text of a value that may be null, which C# takes for an empty one.</summary>
    public static JsonataFragment OrEmpty(Lowerer lowerer, JsonataFragment code, Func<JsonataFragment, JsonataFragment> text) =>
        code.MayBeNull
            ? lowerer.Named(code, some => Syntax.Conditional(Syntax.IsNotNull(some), text(some.Without(Traits.MayBeNull | Traits.MayBeAbsent | Traits.Omitted)), Syntax.Text("")))
            : text(code);

    static void Collect(Lowerer lowerer, Expression expression, List<JsonataFragment> pieces)
    {
        switch (expression)
        {
            case BinaryExpression { NodeType: ExpressionType.Add } add when add.Type == typeof(string):
                Collect(lowerer, add.Left, pieces);
                Collect(lowerer, add.Right, pieces);
                break;
            case MethodCallExpression call when call.Method.DeclaringType == typeof(string) && call.Method.Name == nameof(string.Concat) && Parts(call) is { } parts:
                foreach (var part in parts) Collect(lowerer, part, pieces);
                break;
            case MethodCallExpression call when call.Method.DeclaringType == typeof(string) && call.Method.Name == nameof(string.Format):
                FormatStrings.Collect(lowerer, call, pieces);
                break;
            default:
                pieces.Add(Piece(lowerer, expression));
                break;
        }
    }

    static ReadOnlyCollection<Expression>? Parts(MethodCallExpression concat) => concat.Arguments switch
    {
        [NewArrayExpression { NodeType: ExpressionType.NewArrayInit } array] => array.Expressions,
        [var only] when Types.IsArray(only.Type) => null,
        _ => concat.Arguments,
    };

    static JsonataFragment? Static(Lowerer lowerer, MethodCallExpression call)
    {
        var arguments = call.Arguments;
        switch (call.Method.Name)
        {
            case nameof(string.IsNullOrEmpty):
                return Syntax.Not(IsNotEmpty(lowerer, arguments[0]));
            case nameof(string.IsNullOrWhiteSpace):
                return lowerer.Named(lowerer.Lower(arguments[0]), static text =>
                    Syntax.Not(Syntax.And(Syntax.IsNotNull(text), Syntax.Compare("!=", Syntax.Call("trim", text), Syntax.Text("")))), "text");
            case nameof(string.Concat) when Parts(call) is null:
                return Syntax.Call("join", TextsOf(lowerer, arguments[0]));
            case nameof(string.Concat) or nameof(string.Format):
                return Concatenation(lowerer, call);
            case nameof(string.Join) when arguments is [var separator, NewArrayExpression { NodeType: ExpressionType.NewArrayInit } values]:
                return Syntax.Call("join", Syntax.Array([.. values.Expressions.Select(value => Of(lowerer, value))]), Piece(lowerer, separator));
            case nameof(string.Join) when arguments is [var separator, var values] && Types.IsArray(values.Type):
                return Syntax.Call("join", TextsOf(lowerer, values), Piece(lowerer, separator));
            default:
                return null;
        }
    }

    /// <summary>A collection as an array of texts.</summary>
    static JsonataFragment TextsOf(Lowerer lowerer, Expression collection)
    {
        var element = Types.ElementOf(SequenceMethods.Bare(collection).Type);
        if (element == typeof(string)) return lowerer.Array(collection);
        var parameter = Expression.Parameter(element, "item");
        return Lowerer.Exact(Syntax.Call("map", lowerer.Source(collection), lowerer.Function(new([parameter], parameter), body => Of(lowerer, body))).With(Traits.Sequence));
    }

    static JsonataFragment? Instance(Lowerer lowerer, MethodCallExpression call, JsonataFragment text)
    {
        var arguments = call.Arguments;
        JsonataFragment Argument(int i) => lowerer.Operand(arguments[i]);
        switch (call.Method.Name, arguments.Count)
        {
            case ("get_Chars", 1): return Syntax.Call("substring", text, Argument(0), Syntax.Number(1));
            case ("ToUpper" or "ToUpperInvariant", 0): return Syntax.Call("uppercase", text);
            case ("ToLower" or "ToLowerInvariant", 0): return Syntax.Call("lowercase", text);
            case ("Trim", <= 1): return Trimmed(lowerer, call, text, start: true, end: true);
            case ("TrimStart", <= 1): return Trimmed(lowerer, call, text, start: true, end: false);
            case ("TrimEnd", <= 1): return Trimmed(lowerer, call, text, start: false, end: true);
            case ("Substring", 1): return Syntax.Call("substring", text, Argument(0));
            case ("Substring", 2): return Syntax.Call("substring", text, Argument(0), Argument(1));
            case ("Remove", 1): return Syntax.Call("substring", text, Syntax.Number(0), Argument(0));
            case ("Remove", 2):
                return lowerer.Named(
                    text,
                    some => Joined([
                        Syntax.Call("substring", some, Syntax.Number(0), Argument(0)), Syntax.Call("substring", some, Syntax.Binary("+", Precedence.Additive, Argument(0), Argument(1)))]),
                    "text");
            case ("Insert", 2):
                return lowerer.Named(
                    text,
                    some => Joined([Syntax.Call("substring", some, Syntax.Number(0), Argument(0)), Piece(lowerer, arguments[1]), Syntax.Call("substring", some, Argument(0))]),
                    "text");
            case ("LastIndexOf", 1) when arguments[0].Type == typeof(char):
                return CharMethods.LastIndex(lowerer, text, Argument(0));
            case ("PadLeft", >= 1): return Padded(lowerer, call, text, Negative(Argument(0)));
            case ("PadRight", >= 1): return Padded(lowerer, call, text, Argument(0));
            case ("Contains" or "StartsWith" or "EndsWith" or "IndexOf", >= 1) when arguments[0].Type == typeof(string) || arguments[0].Type == typeof(char):
                if (arguments.Skip(1).Any(static argument => argument.Type != typeof(StringComparison))) return null;
                return Searched(lowerer, call, text);
            case ("Replace", 2):
                return Syntax.Call("replace", text, Argument(0), Piece(lowerer, arguments[1]));
            case ("Split", >= 1):
                return SplitMethods.Lower(lowerer, call, text);
            default:
                return null;
        }
    }

    static JsonataFragment Negative(JsonataFragment number) => int.TryParse(number.Text, out var value) ? Syntax.Number(-value) : new($"-{number.At(Precedence.Negation + 1)}", Precedence.Negation);

    static JsonataFragment Padded(Lowerer lowerer, MethodCallExpression call, JsonataFragment text, JsonataFragment width) =>
        call.Arguments.Count == 2 ? Syntax.Call("pad", text, width, lowerer.Operand(call.Arguments[1])) : Syntax.Call("pad", text, width);

    static JsonataFragment Searched(Lowerer lowerer, MethodCallExpression call, JsonataFragment text)
    {
        var sought = lowerer.Operand(call.Arguments[0]);
        var isConstant = Constants.TryEvaluate(call.Arguments[0], out var value);
        var constant = isConstant ? $"{value}" : null;
        if (IgnoresCase(call, call.Arguments.Skip(1)))
        {
            text = Syntax.Call("lowercase", text);
            constant = constant?.ToLowerInvariant();
            sought = constant is null ? Syntax.Call("lowercase", sought) : Syntax.Text(constant);
        }

        switch (call.Method.Name)
        {
            case "Contains":
                return Syntax.Call("contains", text, sought);
            case "StartsWith":
                return Named(sought => Syntax.Compare("=", Syntax.Call("substring", text, Syntax.Number(0), Length(sought, constant)), sought));
            case "EndsWith" when constant is { Length: > 0 }:
                return Syntax.Compare("=", Syntax.Call("substring", text, Syntax.Number(-CodePoints(constant))), sought);
            case "EndsWith" when constant is "":
                return new("true");
            case "EndsWith":
                return Named(sought => lowerer.Named(
                    text,
                    text => Syntax.Compare(
                        "=", Syntax.Call("substring", text, Syntax.Binary("-", Precedence.Additive, Syntax.Call("length", text), Length(sought, constant))), sought),
                    "text"));
            default:
                return Named(sought => lowerer.Named(
                    text,
                    text => Syntax.Conditional(
                        Syntax.Call("contains", text, sought), Syntax.Call("length", Syntax.Call("substringBefore", text, sought)), Syntax.Number(-1)),
                    "text"));
        }

        JsonataFragment Named(Func<JsonataFragment, JsonataFragment> body) => constant is null ? lowerer.Named(sought, body, "sought") : body(sought);
    }

    static JsonataFragment Length(JsonataFragment text, string? constant) => constant is null ? Syntax.Call("length", text) : Syntax.Number(CodePoints(constant));

    // JSONata counts characters, C# their halves.
    static int CodePoints(string text) => text.EnumerateRunes().Count();

    static JsonataFragment Trimmed(Lowerer lowerer, MethodCallExpression call, JsonataFragment text, bool start, bool end)
    {
        // $trim also takes out blanks inside.
        var blank = @"\s";
        if (call.Arguments.Count == 1)
        {
            if (!Constants.TryEvaluate(call.Arguments[0], out var value) && call.Arguments[0] is NewArrayExpression array) value = string.Concat(array.Expressions.Select(Character));
            blank = value switch
            {
                char c => RegexClass($"{c}"),
                string { Length: > 0 } characters => RegexClass(characters),
                char[] characters => RegexClass(new string(characters)),
                _ => throw Refusal.Of(call, "which characters to take away is not known beforehand"),
            };
        }

        var pattern = start && end ? $"/^{blank}+|{blank}+$/" : start ? $"/^{blank}+/" : $"/{blank}+$/";
        return Syntax.Call("replace", text, new(pattern), Syntax.Text(""));

        string Character(Expression expression) =>
            Constants.TryEvaluate(expression, out var c) ? $"{c}" : throw Refusal.Of(call, "which characters to take away is not known beforehand");
    }

    /// <summary>A class of a regular expression that matches the given characters.</summary>
    public static string RegexClass(string characters)
    {
        var text = new StringBuilder("[");
        foreach (var c in characters)
        {
            _ = char.IsAsciiLetterOrDigit(c) || c is ' ' or ',' or ';' or ':' or '_' or '#' or '=' or '&' or '@' or '!' or '%' or '"' or '\'' || c > 127
                ? text.Append(c)
                : c == '\\' ? text.Append(RegexMethods.Backslash) : c < ' ' ? text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\x{(int)c:x2}") : text.Append('\\').Append(c);
        }

        return text.Append(']').ToString();
    }

    static JsonataFragment? ToText(Lowerer lowerer, MethodCallExpression call, Expression value)
    {
        var format = "";
        foreach (var argument in call.Arguments)
        {
            if (!Constants.TryEvaluate(argument, out var constant)) throw Refusal.Of(call, "its format is not known beforehand");
            if (constant is string text) format = text;
            else if (constant is not null && !Equals(constant, System.Globalization.CultureInfo.InvariantCulture)) throw Refusal.Of(call, "JSONata knows no cultures", "Use CultureInfo.InvariantCulture, or use a Step.");
        }

        if (format.Length > 0) return FormatStrings.Formatted(lowerer, call, value, format);
        return Types.Unwrap(value.Type) == typeof(string) ? lowerer.Lower(value) : Of(lowerer, value);
    }
}
