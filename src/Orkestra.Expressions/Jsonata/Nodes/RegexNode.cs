using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;

namespace Orkestra.Expressions.Jsonata.Nodes;

/// <summary>A regular expression: its value is a matcher function.</summary>
internal sealed class RegexNode : Node
{
    // By pattern and flags: making a regular expression costs more than reading the rest of most expressions.
    static readonly PictureCache<EcmaRegex> Known = new(literal => Compile(literal, EcmaRegex.DefaultTimeout));

    readonly string literal;
    readonly RegexFunction standard;
    RegexFunction? last;

    /// <param name="literal">The pattern, a slash and the flags.</param>
    /// <param name="position">Where it stands.</param>
    internal RegexNode(string literal, int position)
    {
        this.literal = literal;
        Position = position;
        standard = Make(EcmaRegex.DefaultTimeout);
    }

    int Position { get; }

    internal override JsonValue? Evaluate(JsonValue? input, Frame frame) => FunctionFor(frame.Run);

    internal RegexFunction FunctionFor(Run run)
    {
        var timeout = run.Limits.RegexTimeout;
        if (timeout == EcmaRegex.DefaultTimeout) return standard;
        var made = last;
        if (made is null || made.Timeout != timeout) last = made = Make(timeout);
        return made;
    }

    static EcmaRegex Compile(string literal, TimeSpan timeout)
    {
        var slash = literal.LastIndexOf('/');
        var flags = literal.AsSpan(slash + 1);
        return EcmaRegex.Compile(literal[..slash], flags.Contains('i'), flags.Contains('m'), timeout);
    }

    RegexFunction Make(TimeSpan timeout)
    {
        try
        {
            var regex = timeout == EcmaRegex.DefaultTimeout ? Known.Get(literal) : Compile(literal, timeout);
            return new RegexFunction(regex, timeout, Position);
        }
        catch (EcmaRegexException problem)
        {
            throw new JsonataException("U1006", Position, value: problem.Message);
        }
    }
}
