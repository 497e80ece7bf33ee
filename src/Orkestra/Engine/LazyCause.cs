namespace Orkestra.Engine;

/// <summary>
/// The cause of an error, formatted when it is first read: the stack trace of an exception costs more than many states, and most causes are caught and never read.
/// A cause has at most 32,768 characters, as on AWS (API reference, ExecutionFailedEventDetails); the rest is cut off.
/// </summary>
internal sealed class LazyCause(Exception exception, Func<Exception, string> describe)
{
    const int MaxLength = 32_768;

    string? text;

    /// <summary>A cause as text; null for none.</summary>
    internal static string? TextOf(object? cause) => cause is LazyCause lazy ? lazy.Text : (string?)cause;

    /// <summary>A cause that is not longer than a cause may be.</summary>
    internal static object? Limit(object? cause) => cause is string { Length: > MaxLength } text ? Cut(text) : cause;

    string Text => text ??= (string)Limit(describe(exception))!;

    // Never between the halves of a surrogate pair.
    static string Cut(string text) => text[..(char.IsHighSurrogate(text[MaxLength - 1]) ? MaxLength - 1 : MaxLength)];
}
