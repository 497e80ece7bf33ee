using Microsoft.Extensions.Logging;

namespace Orkestra.Lambda.Observability;

/// <summary>Structured logs: one JSON object a line, with the keys that Powertools for AWS Lambda uses.</summary>
public sealed class LogOptions
{
    /// <summary>Whether logs are JSON; plain lines otherwise. True by default.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The lowest level that is logged; Information by default. Lambda's own log level setting can only raise it.</summary>
    public LogLevel Level { get; set; } = LogLevel.Information;

    /// <summary>The share of invocations, 0 to 1, that log from Debug on; 0 by default.</summary>
    public double SampleRate { get; set; }

    /// <summary>Whether each event is logged as it comes. False by default, as events may hold what logs must not, such as personal data.</summary>
    public bool LogEvent { get; set; }

    /// <summary>
    /// Where an event holds the id that ties its logs to its caller's, as a JSON Pointer (RFC 6901); see <see cref="CorrelationIds"/>. By default the execution
    /// of the state machine, if the call names it.
    /// </summary>
    public string? CorrelationIdPath { get; set; }

    /// <summary>Keys that every line gets.</summary>
    public IDictionary<string, object?> Keys { get; } = new Dictionary<string, object?>();
}
