using Microsoft.Extensions.Logging;
using Orkestra.Engine;

namespace Orkestra.Hosting.StepLogs;

/// <summary>An attempt of a step whose log lines are kept. Whatever the step calls finds it, also after it has waited.</summary>
internal sealed class StepLogScope(StepLogWriter writer, TaskInvocation invocation)
{
    static readonly AsyncLocal<StepLogScope?> Ambient = new();

    /// <summary>The attempt that runs here; null outside of a step.</summary>
    internal static StepLogScope? Current
    {
        get => Ambient.Value;
        set => Ambient.Value = value;
    }

    internal ExecutionStart Execution => invocation.Pump!.Start;

    internal bool IsEnabled(LogLevel level) => level >= writer.Level && level != LogLevel.None;

    internal void Write(string category, LogLevel level, string message, Exception? exception) => writer.Add(
        new StepLogLine
        {
            ExecutionArn = invocation.ExecutionArn,
            StateName = invocation.StateName,
            EnteredEventId = invocation.Command.EnteredEventId,
            Attempt = invocation.Attempt,
            AttemptId = invocation.AttemptId,
            Time = writer.Now,
            Level = level,
            Category = category,
            Message = StepLogWriter.Cut(message),
            Exception = exception is null ? null : StepLogWriter.Cut(exception.ToString()),
        },
        Execution);
}

/// <summary>Writes to an attempt; to the one that runs here when none is given.</summary>
internal sealed class StepLogger(string category, StepLogScope? scope) : ILogger
{
    public bool IsEnabled(LogLevel logLevel) => (scope ?? StepLogScope.Current)?.IsEnabled(logLevel) == true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var attempt = scope ?? StepLogScope.Current;
        if (attempt?.IsEnabled(logLevel) == true) attempt.Write(category, logLevel, formatter(state, exception), exception);
    }
}
