namespace Orkestra.Expressions.Templates;

/// <summary>A member of a payload template whose name ends in <c>.$</c> is neither a path nor a call of an intrinsic function.</summary>
/// <param name="message">What is wrong.</param>
/// <param name="field">The member's name.</param>
/// <param name="location">Where the member's object is in the template, such as <c>/a/0/b</c>; empty at the top.</param>
/// <param name="inner">What the reader of paths or calls said.</param>
public sealed class TemplateSyntaxException(string message, string field, string location, Exception? inner = null) : FormatException(message, inner)
{
    /// <summary>The member's name.</summary>
    public string Field { get; } = field;

    /// <summary>Where the member's object is in the template, such as <c>/a/0/b</c>; empty at the top.</summary>
    public string Location { get; } = location;
}
