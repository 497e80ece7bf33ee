namespace Orkestra.Expressions.Paths;

/// <summary>A value cannot be put where a Reference Path says, because something on the way is neither an object nor an array with that element.</summary>
/// <param name="message">What is in the way.</param>
public sealed class ReferencePathException(string message) : InvalidOperationException(message);
