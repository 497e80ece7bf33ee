using Microsoft.Extensions.Logging;

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
            other.Log(logLevel, eventId, state, exception, formatter);
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
