using Microsoft.Extensions.Logging;
using Orkestra.Expressions.Data;

namespace Orkestra.Lambda.Logging;

internal static partial class LogMessages
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Step {Step} ended without a measurement.")]
    public static partial void EmptyMetrics(ILogger logger, string step);

    [LoggerMessage(Level = LogLevel.Error, Message = "Step {Step} failed: {Error}")]
    public static partial void StepFailed(ILogger logger, string step, string error, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Traces could not be sent: {Error}")]
    public static partial void FlushFailed(ILogger logger, string error, Exception exception);

    // Not generated: the event is a key of its own and would make the message long.
    public static void Event(ILogger logger, JsonValue payload)
    {
        if (logger.IsEnabled(LogLevel.Information))
            logger.Log(LogLevel.Information, default, new[] { new KeyValuePair<string, object?>("event", payload) }, null, static (_, _) => "Lambda event");
    }
}
