using Microsoft.Extensions.Logging;
using Orkestra.Hosting;

namespace Orkestra.Lambda.Logging;

/// <summary>Writes entries as lines.</summary>
internal sealed class FunctionLogger(FunctionLoggerFactory factory, string name, ILogger[] others) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        var own = factory.Scopes.Push(state);
        return others.Length == 0 ? own : new Scopes([own, .. others.Select(other => other.BeginScope(state))]);
    }

    public bool IsEnabled(LogLevel logLevel) => factory.IsEnabled(logLevel) || Array.Exists(others, other => other.IsEnabled(logLevel));

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        if (factory.IsEnabled(logLevel))
            factory.Write(new(logLevel, name, Message(state, exception, formatter), state as IReadOnlyList<KeyValuePair<string, object?>>, exception));
        foreach (var other in others)
            Forward(other, logLevel, eventId, state, exception, formatter);
    }

    // Other loggers read exceptions the usual way, which one with circular inner exceptions does not survive.
    static void Forward<TState>(ILogger other, LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var readable = exception is null || ExceptionText.IsFinite(exception) ? exception : new InvalidOperationException(ExceptionText.TextOf(exception));
        try
        {
            other.Log(logLevel, eventId, state, readable, formatter);
        }
#pragma warning disable CA1031 // A log must not fail its step.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The line is written by this logger in any case.
        }
    }

    static string Message<TState>(TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        try
        {
            return formatter(state, exception);
        }
#pragma warning disable CA1031 // A log must not fail its step, whatever a value's own code throws.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            return $"(the message cannot be formatted: {failure.GetType().Name})";
        }
    }

    sealed class Scopes(IDisposable?[] all) : IDisposable
    {
        public void Dispose()
        {
            foreach (var scope in all)
                scope?.Dispose();
        }
    }
}
