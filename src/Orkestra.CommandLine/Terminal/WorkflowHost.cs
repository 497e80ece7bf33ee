using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Asl;
using Orkestra.Asl.Costs;
using Orkestra.Asl.Drawing;
using Orkestra.Authoring;
using Orkestra.Authoring.Payloads;
using Orkestra.CommandLine.Cases;
using Orkestra.CommandLine.Progress;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda;
using Orkestra.Lambda.Observability;

namespace Orkestra.CommandLine.Terminal;

/// <summary>Carries out the commands.</summary>
internal sealed class WorkflowHost(WorkflowChoice choice, Action<IServiceCollection>? configure, Streams streams)
{
    Workflow? workflow;

    public Streams Streams => streams;

    /// <summary>Registers the services of steps; null for none.</summary>
    public Action<IServiceCollection>? Configure => configure;

    /// <exception cref="UsageException">Its own code throws.</exception>
    public Workflow Workflow => workflow ??= Try(choice.Default, null);

    /// <summary>Takes the workflow of a name instead of the default one.</summary>
    /// <exception cref="UsageException">The program has no workflow with this name.</exception>
    public void Choose(string? name)
    {
        if (name is null) return;
        List<Workflow> all = [Workflow, .. Try(choice.Others, null)];
        workflow = all.FindAll(one => one.Name == name) switch
        {
            [var only] => only,
            [] => throw new UsageException($"There is no workflow '{name}': the program has {string.Join(", ", all.Select(static one => one.Name))}."),
            var same => throw new UsageException($"The workflows {string.Join(" and ", same.Select(static one => one.GetType().FullName))} both have the name '{name}': override Name in one of them."),
        };
    }

    /// <summary>Runs the workflow.</summary>
    public async Task<int> RunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var definition = Compile();
            var input = RunInput.Read(request.Input, definition.Workflow, streams.Input);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
            using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
            var ended = IsObserved
                ? await RunObservedAsync(definition, input, request, stop.Token).ConfigureAwait(false)
                : await RunPlainAsync(definition, input, request, stop.Token).ConfigureAwait(false);
            if (request.Case is { } file && ended.ExitCode != ExitCode.Stopped) await WriteCaseAsync(file, definition, input, ended.Result.Execution).ConfigureAwait(false);
            return ended.ExitCode;
        }
        catch (Exception exception) when (exception is UsageException or WorkflowException or InvalidStateMachineException)
        {
            return await RefuseAsync(exception.Message).ConfigureAwait(false);
        }
    }

    /// <summary>Writes the document.</summary>
    public async Task<int> WriteAslAsync() => await WriteAsync(definition => AslWriter.Write(definition.Document)).ConfigureAwait(false);

    /// <summary>Writes what runs cost.</summary>
    public async Task<int> WriteCostAsync(int items) => await WriteAsync(definition =>
        StateMachineCost.Of(definition.Document, new CostOptions { Items = items }).ToText() + PayloadBounds.ToText(definition)).ConfigureAwait(false);

    /// <summary>Writes the graph as Mermaid.</summary>
    public async Task<int> WriteGraphAsync() => await WriteAsync(definition => MermaidGraph.Write(definition.Document)).ConfigureAwait(false);

    /// <summary>Writes what deploying the chosen workflow takes, or all of the program when none is chosen.</summary>
    public async Task<int> DescribeAsync(bool isChosen)
    {
        try
        {
            List<Workflow> described = [Workflow, .. isChosen ? [] : Try(() => choice.Others().ToList(), null)];
            await streams.Output.WriteLineAsync(ProgramDescription.Write(described.Select(one => Try(one.Compile, one.Name)))).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (Exception exception) when (exception is UsageException or WorkflowException)
        {
            return await RefuseAsync(exception.Message).ConfigureAwait(false);
        }
    }

    /// <summary>Writes why the command is refused, and returns its exit code.</summary>
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

    /// <summary>Compiles the workflow.</summary>
    /// <exception cref="UsageException">Its own code throws.</exception>
    /// <exception cref="WorkflowException">It is not valid.</exception>
    public WorkflowDefinition Compile()
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

    // Found out without the types of Orkestra.Lambda, which a run without telemetry does not load.
    bool IsObserved => Environment.GetEnvironmentVariable(FunctionVariables.Observability) is { Length: > 0 } || Workflow.Observability || configure is not null;

    async Task<Ended> RunPlainAsync(WorkflowDefinition definition, JsonValue input, RunRequest request, CancellationToken cancellationToken)
    {
        WorkflowResult result;
        using (var reporter = Reporter(request))
        {
            var options = new OrkestraOptions { TimeProvider = Clock(request), OffloadSynchronousSteps = true };
            var execution = new ExecutionOptions { OnEvent = reporter.OnEvent };
            result = await new WorkflowRunner(definition.Workflow, options).RunAsync(input, execution, cancellationToken).ConfigureAwait(false);
        }

        return new Ended(Report(result), result);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    async Task<Ended> RunObservedAsync(WorkflowDefinition definition, JsonValue input, RunRequest request, CancellationToken cancellationToken)
    {
        var telemetry = RunTelemetry.Start(definition.Workflow, configure, streams.Error);
        await using var _ = telemetry.ConfigureAwait(false);
        WorkflowResult result;
        using (var reporter = Reporter(request))
        {
            var options = new OrkestraOptions { TimeProvider = Clock(request), Services = telemetry.Services, StepInterceptor = telemetry.Around, OffloadSynchronousSteps = true };
            var execution = new ExecutionOptions { Name = telemetry.RunName, OnEvent = reporter.OnEvent };
            result = await new WorkflowRunner(definition.Workflow, options).RunAsync(input, execution, cancellationToken).ConfigureAwait(false);
        }

        telemetry.End(result.Execution.IsSuccess, result.Execution.Error);
        // Before services are disposed of, which may take long.
        return new Ended(Report(result), result);
    }

    static TimeProvider Clock(RunRequest request) => request.SkipWaits ? new SkippingTimeProvider(TimeProvider.System.GetUtcNow()) : TimeProvider.System;

    async Task WriteCaseAsync(string file, WorkflowDefinition definition, JsonValue input, ExecutionResult run)
    {
        var report = await CaseFile.MakeAsync(definition.Document, input, run).ConfigureAwait(false);
        try
        {
            await File.WriteAllTextAsync(file, report.Text + "\n").ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"The case cannot be written to '{file}': {exception.Message}");
        }

        await streams.Error.WriteLineAsync($"The case is in '{file}'. Look through it before you share it: the document in it is yours as it is.").ConfigureAwait(false);
        if (!report.IsSameWay)
            await streams.Error.WriteLineAsync("With the placeholders the workflow goes another way than this run: put the values that decide the way into the case by hand.").ConfigureAwait(false);
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
        try
        {
            stop.Cancel();
        }
#pragma warning disable CA1031 // What a step registered with its token may throw anything, and there is no caller above a signal.
        catch (Exception)
#pragma warning restore CA1031
        {
            // The run is stopped all the same.
        }
    });

    // Not a tuple: async methods that return one are compiled when the program starts.
    sealed record Ended(int ExitCode, WorkflowResult Result);
}
