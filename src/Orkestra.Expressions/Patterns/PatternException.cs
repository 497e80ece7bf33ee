namespace Orkestra.Expressions.Patterns;

/// <summary>A text is not a regular expression of its flavor, or is too large or too deep.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="position">Where, from 0.</param>
internal sealed class PatternException(string message, int position) : FormatException($"{message} (position {position})");
