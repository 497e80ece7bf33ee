namespace Orkestra.Expressions.Intrinsics;

/// <summary>A text is not a call of an intrinsic function.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="expression">The text.</param>
/// <param name="position">Where in the text, from 0.</param>
public sealed class IntrinsicSyntaxException(string message, string expression, int position)
    : FormatException($"{message} (position {position} of '{(expression?.Length > 200 ? expression[..200] + "…" : expression)}')")
{
    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = message;

    /// <summary>The text.</summary>
    public string Expression { get; } = expression;

    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;
}
