using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Hosting;

namespace Orkestra.Extensions.Hosting;

/// <summary>Resumes stored executions when the host starts, and brings the work to an end when it stops.</summary>
internal sealed partial class OrkestraHostedService(IServiceProvider services, OrkestraBuilder builder, ILogger logger) : IHostedService
{
    OrkestraRuntime? runtime;

    /// <summary>Whether the host has started and has not begun to stop.</summary>
    internal bool IsRunning { get; private set; }

    /// <summary>How many stored executions could not be resumed when the host started.</summary>
    internal int NotResumed { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (builder.IsRemote)
        {
            builder.CompileAll(services);
            IsRunning = true;
            return;
        }

        runtime = services.GetRequiredService<OrkestraRuntime>();
        if (builder.ResumeAtStart && builder.HasStore) await ResumeAsync(runtime, cancellationToken).ConfigureAwait(false);
        IsRunning = true;
    }

    async Task ResumeAsync(OrkestraRuntime runtime, CancellationToken cancellationToken)
    {
        var summary = await runtime.ResumeAllAsync(cancellationToken).ConfigureAwait(false);
        NotResumed = summary.Failed.Count;
        foreach (var (arn, problem) in summary.Failed) LogNotResumed(arn, problem.GetType().Name, problem is ExecutionReplayException ? problem.Message : Unreadable);
        LogResumed(summary.Resumed.Count, summary.Failed.Count);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        IsRunning = false;
        if (runtime is null) return;
        runtime.BeginShutdown();
        try
        {
            await runtime.DrainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            if (builder.HasStore) LogSuspended();
            else LogLost();
        }

        await runtime.DisposeAsync().ConfigureAwait(false);
    }

    // What a reader of formats says may quote the data.
    const string Unreadable = "Its stored signals cannot be read.";

    [LoggerMessage(EventId = 1, EventName = "Resumed", Level = LogLevel.Information, Message = "{Resumed} stored executions go on; {Failed} cannot be resumed.")]
    partial void LogResumed(int resumed, int failed);

    [LoggerMessage(EventId = 2, EventName = "NotResumed", Level = LogLevel.Error, Message = "The execution {ExecutionArn} cannot be resumed and stays as it is stored. {Error}: {Reason}")]
    partial void LogNotResumed(string executionArn, string error, string reason);

    [LoggerMessage(EventId = 3, EventName = "Suspended", Level = LogLevel.Warning,
        Message = "Steps still ran when the shutdown timeout passed. Their executions are suspended and go on after the restart, where these steps run again.")]
    partial void LogSuspended();

    [LoggerMessage(EventId = 4, EventName = "Lost", Level = LogLevel.Warning,
        Message = "Steps still ran when the shutdown timeout passed. Their executions are lost, because the runtime has no store.")]
    partial void LogLost();
}
