using Microsoft.Extensions.Logging;

namespace Orkestra.Cli.Serving;

/// <summary>Writes log messages as lines.</summary>
internal sealed class StreamLogger(TextWriter writer) : ILoggerProvider, ILogger
{
    readonly Lock gate = new();

    public ILogger CreateLogger(string categoryName) => this;

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
