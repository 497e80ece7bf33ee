namespace Orkestra.Expressions.Formatting;

/// <summary>A text is no regular expression of ECMA-262, or is larger than <see cref="EcmaRegex"/> allows.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="position">Where in the pattern, from 0.</param>
internal sealed class EcmaRegexException(string message, int position) : FormatException($"{message} at {position} of the regular expression.")
{
    internal int Position { get; } = position;
}
