using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Orkestra.Serving;

/// <summary>Writes the log messages of Orkestra as lines. Those of the web server are left out: the command reports its failures itself.</summary>
internal sealed class StreamLogger(TextWriter writer) : ILoggerProvider, ILogger
{
    readonly Lock gate = new();

    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("Orkestra.", StringComparison.Ordinal) ? this : NullLogger.Instance;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        lock (gate) writer.WriteLine($"orkestra: {formatter(state, exception)}");
    }

    public void Dispose()
    {
    }
}
