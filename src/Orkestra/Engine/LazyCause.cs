namespace Orkestra.Engine;

/// <summary>
/// The cause of an error, made when it is first read: the stack trace of an exception costs more than many states, and most causes are caught and never
/// looked at.
/// </summary>
internal sealed class LazyCause(Exception exception, Func<Exception, string> describe)
{
    string? text;

    /// <summary>A cause as text; null for none.</summary>
    internal static string? TextOf(object? cause) => cause is LazyCause lazy ? lazy.Text : (string?)cause;

    string Text => text ??= describe(exception);
}
