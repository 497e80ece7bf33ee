using Microsoft.Extensions.Logging;

namespace Orkestra.Lambda.Logging;

/// <summary>One entry to write.</summary>
/// <param name="Level">The level.</param>
/// <param name="Name">The logger's name.</param>
/// <param name="Message">The message, formatted.</param>
/// <param name="State">What the template named, or null.</param>
/// <param name="Exception">The exception, or null.</param>
internal readonly record struct LogLine(LogLevel Level, string Name, string Message, IReadOnlyList<KeyValuePair<string, object?>>? State, Exception? Exception);
