namespace Orkestra.Expressions.Paths;

/// <summary>An evaluation visited more nodes than <see cref="JsonPathOptions.MaxVisits"/> allows.</summary>
/// <param name="message">Which limit was passed.</param>
public sealed class JsonPathLimitException(string message) : InvalidOperationException(message);
