using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Keeps what is logged.</summary>
sealed class LogLines : ILoggerProvider
{
    readonly ConcurrentQueue<(string Category, LogLevel Level, string? Event, string Text)> lines = new();

    public IReadOnlyList<(string Category, LogLevel Level, string? Event, string Text)> All => [.. lines];

    public IReadOnlyList<string> Of(string eventName) => [.. lines.Where(line => line.Event == eventName).Select(line => line.Text)];

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    sealed class Logger(LogLines all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.lines.Enqueue((category, logLevel, eventId.Name, $"{formatter(state, exception)} {exception}"));
    }
}
