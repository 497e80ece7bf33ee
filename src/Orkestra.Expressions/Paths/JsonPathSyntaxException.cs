namespace Orkestra.Expressions.Paths;

/// <summary>A text is not a path of its dialect, or passes a limit of <see cref="JsonPathOptions"/>.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="path">The text.</param>
/// <param name="position">Where in the text, from 0.</param>
public sealed class JsonPathSyntaxException(string message, string path, int position)
    : FormatException($"{message} (position {position} of '{(path?.Length > 200 ? path[..200] + "…" : path)}')")
{
    /// <summary>What is wrong, without the place.</summary>
    public string Problem { get; } = message;

    /// <summary>The text.</summary>
    public string Path { get; } = path;

    /// <summary>Where in the text, from 0.</summary>
    public int Position { get; } = position;
}
