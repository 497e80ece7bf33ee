using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Commands;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Running;

namespace Orkestra.Hosting.TestState;

/// <summary>One test: an execution that ends with its first state, whose work is mocked or done by an invoker.</summary>
internal sealed class StateTestRun
{
    /// <summary>The service gives a test five minutes.</summary>
    static readonly TimeSpan LongestTest = TimeSpan.FromMinutes(5);

    readonly StateTestRequest request;
    readonly JsonValue? mockResult;
    readonly ITaskInvoker? invoker;
    readonly HttpTaskOptions? http;
    readonly RunClock clock;
    readonly StateNode node;
    readonly ExecutionStart start;
    readonly long startedAt;
    readonly StateTrace trace;
    readonly Execution execution;
    readonly InspectionData seen = new();

    internal StateTestRun(StateTestRequest request, TestedState tested, JsonValue? mockResult, ITaskInvoker? invoker, HttpTaskOptions? http, TimeProvider clock, MachineIdentity identity)
    {
        this.request = request;
        this.mockResult = mockResult;
        this.invoker = invoker;
        this.http = http;
        this.clock = new RunClock(clock, LongestTest);
        var root = tested.Plan.Root;
        node = root.Start = root.Start switch
        {
            ParallelNode parallel => new MockedParallel(parallel, request.Mock!, mockResult),
            MapNode map => new MockedMap((MapState)tested.State, map, request, mockResult, seen),
            var other => other,
        };
        var input = request.Input ?? JsonObject.Empty;
        start = new ExecutionStart { Input = input, Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), Variables = request.Variables };
        startedAt = this.clock.UtcTicks;
        trace = new StateTrace(node, seen)
        {
            Context = request.Context ?? MadeUpContext(identity, input),
            RetriesUsed = request.StateConfiguration?.RetrierRetryCount ?? 0,
        };
        execution = new Execution(tested.Plan) { Observer = trace };
        seen.Input = input;
        if (node is FailNode && !node.Flow.IsJsonata) seen.AfterInputPath = input;
    }

    internal async ValueTask<StateTestResult> RunAsync(CancellationToken cancellationToken)
    {
        execution.Apply(new ExecutionSignal(ExecutionSignalKind.Started, startedAt, details: start));
        while (!execution.HasEnded && trace is { HasLeft: false, IsRetried: false })
        {
            if (execution.Commands.TryTakeTask(execution, out var task)) await DoAsync(task, cancellationToken).ConfigureAwait(false);
            else if (!await WaitAsync(null, cancellationToken).ConfigureAwait(false)) return Result(StateTestStatus.Failed, new ExecutionFailure(ErrorNames.Timeout, null));
        }

        return Result();
    }

    async ValueTask DoAsync(InvokeTask task, CancellationToken cancellationToken)
    {
        var isTracedHttp = request.InspectionLevel == InspectionLevel.Trace && IsHttp(task);
        if (isTracedHttp) seen.Request = HttpInspection.Request(task.Input, null);
        // Only an activity that was offered can fail.
        if (task.Target.Resource.Kind == TaskResourceKind.Activity) execution.Apply(new ExecutionSignal(ExecutionSignalKind.ActivityScheduled, startedAt, task.Task));
        if (request.Mock is null)
        {
            clock.BeginWork();
            try
            {
                var answer = InvokeAsync(task);
                // A time limit may pass first.
                await WaitAsync(answer, cancellationToken).ConfigureAwait(false);
                if (answer.IsCompleted) execution.Apply(await answer.ConfigureAwait(false));
            }
            finally
            {
                clock.EndWork();
            }
        }
        else if (request.Mock.ErrorOutput is { } error)
        {
            execution.Apply(new ExecutionSignal(ExecutionSignalKind.TaskFailed, startedAt, task.Task, error: error.Error, cause: error.Cause));
        }
        else
        {
            execution.Apply(new ExecutionSignal(ExecutionSignalKind.TaskSucceeded, startedAt, task.Task, mockResult));
        }

        if (isTracedHttp && seen.Result is { } result) seen.Response = HttpInspection.Response(result);
    }

    [SuppressMessage("Design", "CA1031", Justification = "Whatever an invoker throws is the error of its task.")]
    async Task<ExecutionSignal> InvokeAsync(InvokeTask task)
    {
        var invocation = new TaskInvocation(task, pump: null);
        TaskOutcome outcome;
        try
        {
            outcome = invoker is null ? default : await invoker.InvokeAsync(invocation).ConfigureAwait(false);
            if (!outcome.IsHandled && http is not null && IsHttp(task))
                outcome = await new HttpTasks(http).InvokeAsync(invocation, connection => Reveal(task.Input, connection)).ConfigureAwait(false);
            if (!outcome.IsHandled)
                outcome = TaskOutcome.Failure(ErrorNames.Runtime, $"No task invoker handles the resource '{task.Target.Resource}' of the tested state. Give the test an invoker that does, or a mock.");
        }
        catch (Exception problem)
        {
            outcome = TaskOutcome.FunctionError(problem);
        }

        return CommandExecutor.Answered(invocation, outcome, clock.UtcTicks);
    }

    static bool IsHttp(InvokeTask task) => task.Target.Resource is { Service: "http", Operation: "invoke" };

    void Reveal(JsonValue arguments, HttpTaskConnection connection)
    {
        if (request.RevealSecrets && request.InspectionLevel == InspectionLevel.Trace) seen.Request = HttpInspection.Request(arguments, connection);
    }

    /// <summary>Waits until the work is done or the state has something to do, and lets the time pass.</summary>
    /// <returns>False when the test has lasted too long.</returns>
    async ValueTask<bool> WaitAsync(Task<ExecutionSignal>? work, CancellationToken cancellationToken)
    {
        var end = startedAt + LongestTest.Ticks;
        var due = Math.Min(execution.NextDue ?? long.MaxValue, end);
        var passed = Task.Delay(TimeSpan.FromTicks(Math.Max(0, due - clock.UtcTicks)), clock.TimeProvider, cancellationToken);
        if (work is null) await passed.ConfigureAwait(false);
        else await Task.WhenAny(work, passed).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (work is { IsCompleted: true }) return true;
        if (due == end) return false;
        execution.Apply(new ExecutionSignal(ExecutionSignalKind.TimePassed, due));
        return true;
    }

    StateTestResult Result()
    {
        if ((node as MockedNode)?.Refusal is { } refusal) throw refusal;
        if (execution.HasEnded) return Result(StateTestStatus.Failed, execution.Failure);
        if (!trace.HasLeft) return Result(StateTestStatus.Retriable, trace.Handled);
        return Result(trace.Handled is null ? StateTestStatus.Succeeded : StateTestStatus.CaughtError, trace.Handled) with { Output = trace.Output, NextState = trace.NextState };
    }

    StateTestResult Result(StateTestStatus status, ExecutionFailure? failure)
    {
        var variables = execution.Frames[0].Variables.ToJson();
        if (variables.Count > 0) seen.Variables = variables;
        return new StateTestResult
        {
            Status = status,
            Error = failure?.Error,
            Cause = failure?.Cause,
            InspectionData = request.InspectionLevel == InspectionLevel.Info ? null : seen,
        };
    }

    JsonObject MadeUpContext(MachineIdentity identity, JsonValue input)
    {
        var machine = identity with { Name = Guid.NewGuid().ToString() };
        var name = Guid.NewGuid().ToString();
        var now = Timestamps.ToJson(startedAt);
        var state = JsonObject.Create(("EnteredTime", now), ("Name", TestedState.Name));
        if (node is FallibleNode) state = state.With("RetryCount", request.StateConfiguration?.RetrierRetryCount ?? 0);
        var context = JsonObject.Create(
            ("Execution", JsonObject.Create(
                ("Id", $"arn:{machine.Partition}:states:{machine.Region}:{machine.AccountId}:express:{machine.Name}:{name}"),
                ("Input", input),
                ("Name", name),
                ("RoleArn", request.RoleArn),
                ("StartTime", now))),
            ("StateMachine", JsonObject.Create(("Id", machine.StateMachineArn), ("Name", machine.Name))),
            ("State", state));
        return node is TaskNode { HasToken: true }
            ? context.With("Task", JsonObject.Create(("Token", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))))
            : context;
    }
}
