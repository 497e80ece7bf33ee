using Orkestra.Expressions.Data;
using Orkestra.Expressions.Formatting;
using Orkestra.Expressions.Jsonata.Functions;
using Orkestra.Expressions.Jsonata.Runtime;
using Orkestra.Expressions.Patterns;

namespace Orkestra.Expressions.Jsonata.Nodes.Construction;

/// <summary>A regular expression: its value is a matcher function.</summary>
internal sealed class RegexNode : Node
{
    // By pattern and flags: making a regular expression costs more than reading the rest of most expressions.
    static readonly PictureCache<PatternProgram> Known = new(Compile);

    /// <param name="literal">The pattern, a slash and the flags.</param>
    /// <param name="position">Where it stands.</param>
    internal RegexNode(string literal, int position)
    {
        try
        {
            Function = new RegexFunction(Known.Get(literal), position);
        }
        catch (PatternException problem)
        {
            throw new JsonataException("U1006", position, value: problem.Message);
        }
    }

    internal RegexFunction Function { get; }

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => Function;

    static PatternProgram Compile(string literal)
    {
        var slash = literal.LastIndexOf('/');
        var flags = literal.AsSpan(slash + 1);
        return EcmaPattern.Compile(literal[..slash], flags.Contains('i'), flags.Contains('m'));
    }
}
