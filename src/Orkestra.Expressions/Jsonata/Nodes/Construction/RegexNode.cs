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
    static readonly PictureCache<PatternProgram> Known = new(literal => Compile(literal, JsonataDialect.Standard));
    static readonly PictureCache<PatternProgram> KnownByJava = new(literal => Compile(literal, JsonataDialect.StepFunctions));

    /// <param name="literal">The pattern, a slash and the flags.</param>
    /// <param name="position">Where it stands.</param>
    /// <param name="dialect">The dialect, which decides the flavor of the pattern.</param>
    internal RegexNode(string literal, int position, JsonataDialect dialect)
    {
        try
        {
            Function = new RegexFunction((dialect == JsonataDialect.StepFunctions ? KnownByJava : Known).Get(literal), position);
        }
        catch (PatternException problem)
        {
            throw new JsonataException("U1006", position, value: problem.Message);
        }
    }

    internal RegexFunction Function { get; }

    internal override JsonValue? Evaluate(JsonValue? input, VariableFrame frame) => Function;

    static PatternProgram Compile(string literal, JsonataDialect dialect)
    {
        var slash = literal.LastIndexOf('/');
        var flags = literal.AsSpan(slash + 1);
        var (ignoreCase, multiline) = (flags.Contains('i'), flags.Contains('m'));
        return dialect == JsonataDialect.StepFunctions ? JavaPattern.Compile(literal[..slash], ignoreCase, multiline) : EcmaPattern.Compile(literal[..slash], ignoreCase, multiline);
    }
}
