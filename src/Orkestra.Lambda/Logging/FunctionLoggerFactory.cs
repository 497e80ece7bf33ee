using System.Buffers;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Orkestra.Lambda.Observability;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda.Logging;

/// <summary>
/// Makes loggers that write to standard output, from where Lambda takes them: JSON with observability, plain lines without. It is also a provider, for a
/// container that makes a factory of its own.
/// </summary>
internal sealed class FunctionLoggerFactory(LineSink output, TimeProvider time) : ILoggerFactory, ILoggerProvider, ISupportExternalScope
{
    readonly Lock _lock = new();
    readonly ArrayBufferWriter<byte> _line = new(1024);
    readonly List<ILoggerProvider> _others = [];
    LogLevel _level = LogLevel.Information;

    /// <summary>The settings; until they are set, plain lines are written.</summary>
    public ObservabilitySettings? Settings { get; private set; }

    public LambdaEnvironment Environment { get; private set; } = LambdaEnvironment.Current;

    /// <summary>How values that a template destructures (<c>{@Order}</c>) are written.</summary>
    public JsonSerializerOptions? Json { get; private set; }

    public IExternalScopeProvider Scopes { get; private set; } = new LoggerExternalScopeProvider();

    /// <summary>The invocation that runs.</summary>
    public InvocationFacts Facts { get; private set; } = new();

    public TimeProvider Time => time;

    public void Configure(ObservabilitySettings settings, LambdaEnvironment environment, JsonSerializerOptions? json)
    {
        Json = json;
        Settings = settings;
        Environment = environment;
        _level = settings.Level;
    }

    public void Begin(InvocationFacts facts)
    {
        Facts = facts;
        _level = facts.IsSampled ? Min(LogLevel.Debug, Settings!.Level) : Settings!.Level;
    }

    public bool IsEnabled(LogLevel level) => level >= _level && level != LogLevel.None;

    public ILogger CreateLogger(string categoryName) => new FunctionLogger(this, categoryName, [.. _others.Select(other => other.CreateLogger(categoryName))]);

    public void AddProvider(ILoggerProvider provider) => _others.Add(provider);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => Scopes = scopeProvider;

#pragma warning disable CA1031 // A log must not fail its step, whatever the values in it throw.
    public void Write(in LogLine line)
    {
        lock (_lock)
        {
            try
            {
                Format(line);
            }
            catch (Exception problem)
            {
                // A value in the entry threw while it was written.
                Format(line with { State = null, Exception = null, Message = $"(the entry cannot be written: {problem.GetType().Name})" });
            }

            Send();
        }
    }

    /// <summary>Writes a line that is not a log, such as metrics.</summary>
    public void WriteRaw(Action<IBufferWriter<byte>> write)
    {
        lock (_lock)
        {
            _line.ResetWrittenCount();
            write(_line);
            Send();
        }
    }

    public void Dispose()
    {
    }

    void Format(in LogLine line)
    {
        _line.ResetWrittenCount();
        if (Settings is { Logs: true })
            JsonLogFormat.Write(_line, line, this, Settings);
        else
            PlainLogFormat.Write(_line, line, time);
    }

    void Send()
    {
        _line.Write("\n"u8);
        try
        {
            output(_line.WrittenSpan);
        }
        catch (IOException)
        {
            // Standard output was closed.
        }
    }
#pragma warning restore CA1031

    static LogLevel Min(LogLevel one, LogLevel other) => one < other ? one : other;
}

/// <summary>Takes a line, in UTF-8, with its end.</summary>
internal delegate void LineSink(ReadOnlySpan<byte> line);
