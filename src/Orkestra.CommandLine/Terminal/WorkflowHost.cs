using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Asl;
using Orkestra.Asl.Drawing;
using Orkestra.Authoring;
using Orkestra.CommandLine.Progress;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda;
using Orkestra.Lambda.Observability;

namespace Orkestra.CommandLine.Terminal;

/// <summary>What the commands do, whoever read the command line.</summary>
internal sealed class WorkflowHost(Func<Workflow> make, Action<IServiceCollection>? configure, Streams streams)
{
    Workflow? workflow;

    public Streams Streams => streams;

    /// <exception cref="UsageException">Its own code throws.</exception>
    public Workflow Workflow => workflow ??= Try(make, null);

    /// <summary>Runs the workflow.</summary>
    public async Task<int> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var definition = Compile();
            var input = RunInput.Read(request.Input, definition.Workflow);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
            using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
            return IsObserved
                ? await RunObservedAsync(definition, input, request, stop.Token).ConfigureAwait(false)
                : await RunPlainAsync(definition, input, request, stop.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is UsageException or WorkflowException or InvalidStateMachineException)
        {
            return await RefuseAsync(exception.Message).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the document.</summary>
    public async Task<int> WriteAslAsync() => await WriteAsync(definition => AslWriter.Write(definition.Document)).ConfigureAwait(false);

    /// <summary>Writes the graph as Mermaid.</summary>
    public async Task<int> WriteGraphAsync() => await WriteAsync(definition => MermaidGraph.Write(definition.Document)).ConfigureAwait(false);

    /// <summary>Says why nothing is done.</summary>
    public async Task<int> RefuseAsync(string sentence)
    {
        await streams.Error.WriteLineAsync(sentence).ConfigureAwait(false);
        return ExitCode.Usage;
    }

    async Task<int> WriteAsync(Func<WorkflowDefinition, string> text)
    {
        try
        {
            await streams.Output.WriteLineAsync(text(Compile()).TrimEnd()).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is UsageException or WorkflowException)
        {
            return await RefuseAsync(exception.Message).ConfigureAwait(false);
        }
    }

    WorkflowDefinition Compile()
    {
        var composed = Workflow;
        return Try(composed.Compile, composed.Name);
    }

    // Nothing runs yet, so what is thrown is a mistake in how the workflow is written.
    static T Try<T>(Func<T> work, string? name)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is not (WorkflowException or InvalidStateMachineException))
        {
            throw CompositionFailure.Of(exception, name);
        }
    }

    // Asked without the types of Orkestra.Lambda, which a run that tells nothing does not load.
    bool IsObserved => Environment.GetEnvironmentVariable(FunctionVariables.Observability) is { Length: > 0 } || Workflow.Observability || configure is not null;

    async Task<int> RunPlainAsync(WorkflowDefinition definition, JsonValue input, RunRequest request, CancellationToken cancellationToken)
    {
        WorkflowResult result;
        using (var reporter = Reporter(request))
        {
            var options = new WorkflowRunOptions { OnEvent = reporter.OnEvent, KeepsThreadFree = true };
            result = await new WorkflowRunner(definition.Workflow, options).RunAsync(input, cancellationToken).ConfigureAwait(false);
        }

        return Report(result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    async Task<int> RunObservedAsync(WorkflowDefinition definition, JsonValue input, RunRequest request, CancellationToken cancellationToken)
    {
        var telemetry = RunTelemetry.Start(definition.Workflow, configure, streams.Error);
        await using var _ = telemetry.ConfigureAwait(false);
        WorkflowResult result;
        using (var reporter = Reporter(request))
        {
            var options = new WorkflowRunOptions
            {
                Services = telemetry.Services,
                Name = telemetry.RunName,
                Around = telemetry.Around,
                OnEvent = reporter.OnEvent,
                KeepsThreadFree = true,
            };
            result = await new WorkflowRunner(definition.Workflow, options).RunAsync(input, cancellationToken).ConfigureAwait(false);
        }

        telemetry.End(result.Execution.IsSuccess, result.Execution.Error);
        return Report(result);
    }

    int Report(WorkflowResult result)
    {
        switch (result.Execution.Status)
        {
            case ExecutionStatus.Succeeded:
                streams.Output.WriteLine(streams.IsOutputTerminal ? result.Output!.ToIndentedJson() : result.Output!.ToJson());
                return ExitCode.Success;
            case ExecutionStatus.Aborted:
                streams.Error.WriteLine($"{Workflow.Name} was stopped.");
                return ExitCode.Stopped;
            default:
                FailureReport.Write(result, streams.Error);
                return ExitCode.Failure;
        }
    }

    IRunReporter Reporter(RunRequest request) =>
        request.Events ? new EventReporter(streams.Error)
        : streams.IsErrorTerminal ? Live()
        : new PlainReporter(streams.Error, Workflow.Name);

    [MethodImpl(MethodImplOptions.NoInlining)]
    LiveReporter Live() => new(streams.Error, Workflow.Name);

    // The first signal stops the run, the second the process.
    static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    });
}
