using System.Globalization;
using Microsoft.Extensions.Logging;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda.Observability;

/// <summary>The options with the environment laid over them; fixed for the life of the process.</summary>
internal sealed class ObservabilitySettings
{
    public ObservabilitySettings(ObservabilityOptions options, LambdaEnvironment environment, string? workflow, bool byWorkflow)
    {
        var enabled = Switch(environment, FunctionVariables.Observability) ?? options.Enabled ?? byWorkflow;
        Service = environment[FunctionVariables.Service] ?? options.Service ?? workflow ?? "service_undefined";
        Logs = enabled && (Switch(environment, FunctionVariables.Logs) ?? options.Logs.Enabled);
        Level = Least(environment, options.Logs.Level);
        SampleRate = Rate(environment) ?? Math.Clamp(options.Logs.SampleRate, 0, 1);
        LogEvent = enabled && (Switch(environment, FunctionVariables.LogEvent) ?? options.Logs.LogEvent);
        CorrelationIdPath = options.Logs.CorrelationIdPath;
        Keys = [.. options.Logs.Keys];

        Metrics = enabled && (Switch(environment, FunctionVariables.Metrics) ?? options.Metrics.Enabled);
        Namespace = environment[FunctionVariables.MetricsNamespace] ?? options.Metrics.Namespace ?? Service;
        MetricOptions = options.Metrics;

        Traces = enabled && (Switch(environment, FunctionVariables.Traces) ?? options.Traces.Enabled);
        CaptureResponse = Switch(environment, FunctionVariables.CaptureResponse) ?? options.Traces.CaptureResponse;
        CaptureError = Switch(environment, FunctionVariables.CaptureError) ?? options.Traces.CaptureError;
    }

    public string Service { get; }

    public bool Logs { get; }

    public LogLevel Level { get; }

    public double SampleRate { get; }

    public bool LogEvent { get; }

    public string? CorrelationIdPath { get; }

    public KeyValuePair<string, object?>[] Keys { get; }

    public bool Metrics { get; }

    public string Namespace { get; }

    public MetricOptions MetricOptions { get; }

    public bool Traces { get; }

    public bool CaptureResponse { get; }

    public bool CaptureError { get; }

    /// <summary>Whether a function has to be watched at all.</summary>
    public bool Any => Logs || Metrics || Traces || LogEvent;

    static bool? Switch(LambdaEnvironment environment, string name) => environment[name]?.ToUpperInvariant() switch
    {
        null => null,
        "TRUE" or "1" or "ON" or "YES" => true,
        "FALSE" or "0" or "OFF" or "NO" => false,
        _ => throw new StartException("Runtime.InvalidSetting", $"The variable {name} is '{environment[name]}': set it to true or false."),
    };

    static double? Rate(LambdaEnvironment environment)
    {
        if (environment[FunctionVariables.SampleRate] is not { } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && rate is >= 0 and <= 1
            ? rate
            : throw new StartException("Runtime.InvalidSetting", $"The variable {FunctionVariables.SampleRate} is '{text}': set it to a number from 0 to 1.");
    }

    static LogLevel Least(LambdaEnvironment environment, LogLevel level)
    {
        if (environment[FunctionVariables.LogLevel] is { } text)
            level = Parse(text) ?? throw new StartException("Runtime.InvalidSetting", $"The variable {FunctionVariables.LogLevel} is '{text}': set it to Trace, Debug, Information, Warning, Error, Critical or None.");

        // Lambda drops lines below its own setting; writing them would be for nothing.
        return environment["AWS_LAMBDA_LOG_LEVEL"] is { } own && Parse(own) is { } least && least > level ? least : level;
    }

    static LogLevel? Parse(string text) => text.ToUpperInvariant() switch
    {
        "TRACE" => LogLevel.Trace,
        "DEBUG" => LogLevel.Debug,
        "INFO" or "INFORMATION" => LogLevel.Information,
        "WARN" or "WARNING" => LogLevel.Warning,
        "ERROR" => LogLevel.Error,
        "FATAL" or "CRITICAL" => LogLevel.Critical,
        "NONE" => LogLevel.None,
        _ => null,
    };
}
