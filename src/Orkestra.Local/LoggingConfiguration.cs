using Orkestra.Expressions.Data;
using Orkestra.Hosting.Logging;
using Orkestra.Hosting.Service;

namespace Orkestra.Local;

/// <summary>The <c>loggingConfiguration</c> of state machines (https://docs.aws.amazon.com/step-functions/latest/apireference/API_LoggingConfiguration.html).</summary>
internal static class LoggingConfiguration
{
    internal static JsonObject Off { get; } = JsonObject.Create(("level", "OFF"), ("includeExecutionData", false));

    internal static JsonObject NotTraced { get; } = JsonObject.Create(("enabled", false));

    /// <summary>A configuration with its defaults.</summary>
    /// <param name="given">What the request says; null for nothing.</param>
    /// <exception cref="ServiceException"><c>InvalidLoggingConfiguration</c>.</exception>
    internal static JsonObject Read(JsonValue? given)
    {
        if (given is not JsonObject configuration) return Off;
        var level = RequestFields.Optional(configuration, "level") ?? "OFF";
        var destinations = given["destinations"] as JsonArray;
        if (destinations is { Count: > 1 } || (level != "OFF" && destinations is not { Count: 1 }))
            throw new ServiceException("InvalidLoggingConfiguration", "Invalid Logging Configuration: Must specify exactly one Log Destination.");
        if (GroupArnOf(configuration) is { } group && IsLogGroup(group) && !group.EndsWith(":*", StringComparison.Ordinal))
            throw new ServiceException("InvalidLoggingConfiguration", "Invalid Logging Configuration: Log Group ARN must be provided with '*' qualifier.");
        var read = JsonObject.Create(("level", level), ("includeExecutionData", RequestFields.Flag(configuration, "includeExecutionData")));
        return destinations is null ? read : read.With("destinations", destinations);
    }

    static bool IsLogGroup(string arn) => arn.Split(':') is ["arn", _, "logs", _, _, "log-group", ..];

    internal static JsonObject ReadTracing(JsonValue? given) => given is JsonObject tracing ? JsonObject.Create(("enabled", RequestFields.Flag(tracing, "enabled"))) : NotTraced;

    /// <summary>The log group; null when nothing is logged.</summary>
    internal static string? GroupOf(JsonValue logging) => LevelOf(logging) == ExecutionLogLevel.Off ? null : GroupArnOf(logging);

    static string? GroupArnOf(JsonValue logging) => (logging["destinations"]?[0]?["cloudWatchLogsLogGroup"]?["logGroupArn"] as JsonString)?.Value;

    internal static ExecutionLogLevel LevelOf(JsonValue logging) => (logging["level"] as JsonString)?.Value switch
    {
        "ALL" => ExecutionLogLevel.All,
        "ERROR" => ExecutionLogLevel.Error,
        "FATAL" => ExecutionLogLevel.Fatal,
        _ => ExecutionLogLevel.Off,
    };
}
