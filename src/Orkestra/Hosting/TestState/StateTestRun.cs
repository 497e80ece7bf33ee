using System.Security.Cryptography;
using Orkestra.Engine;
using Orkestra.Engine.DataFlow;
using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Integrations;

namespace Orkestra.Hosting.TestState;

/// <summary>One test: evaluates the fields of a state in the engine's order and keeps what there was between them.</summary>
internal sealed partial class StateTestRun
{
    /// <summary>The service gives a test five minutes.</summary>
    static readonly TimeSpan LongestTest = TimeSpan.FromMinutes(5);

    readonly StateTestRequest request;
    readonly TestedState tested;
    readonly JsonValue? mockResult;
    readonly ITaskInvoker? invoker;
    readonly HttpTaskOptions? http;
    readonly TimeProvider clock;
    readonly Execution execution;
    readonly Frame frame;
    readonly InspectionData seen = new();

    JsonValue output = JsonValue.Null;
    StateNode? next;

    internal StateTestRun(StateTestRequest request, TestedState tested, JsonValue? mockResult, ITaskInvoker? invoker, HttpTaskOptions? http, TimeProvider clock, MachineIdentity identity)
    {
        this.request = request;
        this.tested = tested;
        this.mockResult = mockResult;
        this.invoker = invoker;
        this.http = http;
        this.clock = clock;
        var input = request.Input ?? JsonObject.Empty;
        var start = new ExecutionStart { Input = input, Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), Variables = request.Variables };
        var now = clock.GetUtcNow().UtcTicks;
        execution = new Execution(tested.Plan);
        frame = execution.Prepare(start, now, request.Context ?? MadeUpContext(identity, tested.Plan.Root.Start, input, now));
        seen.Input = input;
    }

    StateNode Node => frame.State;

    bool IsJsonata => Node.Flow.IsJsonata;

    internal async ValueTask<StateTestResult> RunAsync(CancellationToken cancellationToken)
    {
        ExecutionFailure? failure;
        try
        {
            failure = await WorkAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is EvaluationException or InsufficientExecutionStackException)
        {
            failure = ToFailure(problem);
        }

        if (failure is null && output.Utf8Length > execution.Quotas.MaxPayloadBytes) failure = ExecutionFailure.Oversized(Node.Name, terminal: true);
        if (failure is not null) return Failed(failure);
        return Result(StateTestStatus.Succeeded, null) with { Output = output, NextState = next?.Name };
    }

    // Unlike a run, a test does not say which state at which event failed: there is only one.
    static ExecutionFailure ToFailure(Exception exception) => exception is EvaluationException problem
        ? new ExecutionFailure(problem.Error, problem.Message, problem.Error == ErrorNames.Runtime)
        : new ExecutionFailure(ErrorNames.Runtime, "A value or a template nests too deep.", terminal: true);

    Evaluation At(JsonValue input, JsonValue? result = null, JsonValue? errorOutput = null) => execution.Evaluation.For(frame, input, result, errorOutput);

    async ValueTask<ExecutionFailure?> WorkAsync(CancellationToken cancellationToken)
    {
        switch (Node)
        {
            case PassNode pass:
                Pass(pass);
                return null;
            case ChoiceNode choice:
                return Choose(choice);
            case WaitNode wait:
                return await WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            case FailNode fail:
                EffectiveInput();
                return fail.FailureOf(At(frame.Input));
            case TaskNode task:
                return await TaskAsync(task, cancellationToken).ConfigureAwait(false);
            case ParallelNode parallel:
                return Parallel(parallel);
            case MapNode map:
                return Map(map);
            default:
                Leave(IsJsonata ? null : EffectiveInput());
                return null;
        }
    }

    void Pass(PassNode pass)
    {
        if (IsJsonata)
        {
            Leave(null);
        }
        else if (pass.Result is { } literal)
        {
            StateDataFlow.EffectiveInput(execution, frame);
            seen.Result = literal;
            Leave(literal, showFilters: true);
        }
        else
        {
            var input = EffectiveInput();
            var result = pass.Parameters?.Evaluate(At(input)) ?? input;
            seen.AfterParameters = result;
            Leave(result, showFilters: true);
        }
    }

    ExecutionFailure? Choose(ChoiceNode choice)
    {
        var input = EffectiveInput();
        var branch = choice.Branches.FirstOrDefault(candidate => candidate.Condition.IsMet(At(input)));
        if (branch is null && choice.Default is null)
            return new ExecutionFailure(ErrorNames.Runtime, "Failed to transition out of the state. The state does not point to a next state.");
        Leave(
            IsJsonata ? null : input,
            output: branch?.Output ?? Node.Flow.Output,
            assign: branch is null ? Node.Flow.Assign : branch.Assign,
            target: branch is null ? choice.Default : branch.Next);
        return null;
    }

    async ValueTask<ExecutionFailure?> WaitAsync(WaitNode wait, CancellationToken cancellationToken)
    {
        var input = EffectiveInput();
        var delay = TimeSpan.FromTicks(Math.Max(wait.Delay.Due(At(input), execution.Now) - execution.Now, 0));
        await Task.Delay(delay < LongestTest ? delay : LongestTest, clock, cancellationToken).ConfigureAwait(false);
        if (delay >= LongestTest) return new ExecutionFailure(ErrorNames.Timeout, null);
        Leave(IsJsonata ? null : input);
        return null;
    }

    ExecutionFailure? Parallel(ParallelNode parallel)
    {
        var input = IsJsonata ? frame.Input : StateDataFlow.EffectiveInput(execution, frame);
        parallel.Arguments?.Evaluate(At(input));
        return Mocked();
    }

    /// <summary>Ends a state whose work is mocked.</summary>
    ExecutionFailure? Mocked()
    {
        if (request.Mock!.ErrorOutput is { } error) return new ExecutionFailure(error.Error, error.Cause, error.Error == ErrorNames.Runtime);
        Leave(mockResult, showFilters: true);
        return null;
    }

    JsonValue EffectiveInput()
    {
        if (IsJsonata) return frame.Input;
        var input = StateDataFlow.EffectiveInput(execution, frame);
        seen.AfterInputPath = input;
        return input;
    }

    void Leave(JsonValue? result, bool showFilters = false) => Leave(result, Node.Flow.Output, Node.Flow.Assign, Node.Next, showFilters);

    void Leave(JsonValue? result, Template? output, AssignTemplate? assign, StateNode? target, bool showFilters = false)
    {
        var flow = Node.Flow;
        JsonObject? assigned;
        if (flow.IsJsonata)
        {
            this.output = output?.Evaluate(At(frame.Input, result)) ?? result ?? frame.Input;
            assigned = assign?.Evaluate(At(frame.Input, result));
        }
        else
        {
            var selected = flow.ResultSelector?.Evaluate(At(result!)) ?? result!;
            if (showFilters) seen.AfterResultSelector = selected;
            var placed = flow.ResultPath.Place(frame.Input, selected);
            if (showFilters) seen.AfterResultPath = placed;
            this.output = flow.OutputPath?.Evaluate(At(placed)) ?? placed;
            assigned = assign?.Evaluate(At(result!));
        }

        if (assigned is not null) frame.Variables = frame.Variables.With(assigned);
        next = target;
    }

    StateTestResult Failed(ExecutionFailure failure)
    {
        if (Node is not FallibleNode fallible) return Result(StateTestStatus.Failed, failure);
        var retrier = Array.FindIndex(fallible.Retriers, candidate => candidate.Errors.Matches(failure, isMeasured: true));
        if (retrier >= 0)
        {
            seen.ErrorDetails = new InspectionErrorDetails { RetryIndex = retrier };
            var used = request.StateConfiguration?.RetrierRetryCount ?? 0;
            if (used < fallible.Retriers[retrier].MaxAttempts)
            {
                var delay = fallible.Retriers[retrier].DelayTicks(used, ref execution.Random);
                seen.ErrorDetails = seen.ErrorDetails with { RetryBackoffIntervalSeconds = delay / TimeSpan.TicksPerSecond };
                return Result(StateTestStatus.Retriable, failure);
            }
        }

        var catcher = Array.FindIndex(fallible.Catchers, candidate => candidate.Errors.Matches(failure, isMeasured: true));
        if (catcher < 0) return Result(StateTestStatus.Failed, failure);
        try
        {
            Catch(fallible.Catchers[catcher], failure);
        }
        catch (Exception problem) when (problem is EvaluationException or InsufficientExecutionStackException)
        {
            return Result(StateTestStatus.Failed, ToFailure(problem));
        }

        seen.ErrorDetails = (seen.ErrorDetails ?? new InspectionErrorDetails()) with { CatchIndex = catcher };
        return Result(StateTestStatus.CaughtError, failure) with { Output = output, NextState = next?.Name };
    }

    void Catch(CatcherNode catcher, ExecutionFailure failure)
    {
        var error = StateDataFlow.ErrorOutput(failure);
        JsonObject? assigned;
        if (IsJsonata)
        {
            output = catcher.Output?.Evaluate(At(frame.Input, null, error)) ?? error;
            assigned = catcher.Assign?.Evaluate(At(frame.Input, null, error));
        }
        else
        {
            output = catcher.ResultPath.Place(frame.Input, error);
            assigned = catcher.Assign?.Evaluate(At(error));
        }

        if (assigned is not null) frame.Variables = frame.Variables.With(assigned);
        next = catcher.Next;
    }

    StateTestResult Result(StateTestStatus status, ExecutionFailure? failure)
    {
        var variables = frame.Variables.ToJson();
        if (variables.Count > 0) seen.Variables = variables;
        return new StateTestResult
        {
            Status = status,
            Error = failure?.Error,
            Cause = failure?.Cause,
            InspectionData = request.InspectionLevel == InspectionLevel.Info ? null : seen,
        };
    }

    JsonObject MadeUpContext(MachineIdentity identity, StateNode node, JsonValue input, long now)
    {
        var machine = identity with { Name = Guid.NewGuid().ToString() };
        var name = Guid.NewGuid().ToString();
        var state = JsonObject.Create(("EnteredTime", Timestamps.ToJson(now)), ("Name", TestedState.Name));
        if (node is FallibleNode) state = state.With("RetryCount", request.StateConfiguration?.RetrierRetryCount ?? 0);
        var context = JsonObject.Create(
            ("Execution", JsonObject.Create(
                ("Id", $"arn:{machine.Partition}:states:{machine.Region}:{machine.AccountId}:express:{machine.Name}:{name}"),
                ("Input", input),
                ("Name", name),
                ("RoleArn", request.RoleArn),
                ("StartTime", Timestamps.ToJson(now)))),
            ("StateMachine", JsonObject.Create(("Id", machine.StateMachineArn), ("Name", machine.Name))),
            ("State", state));
        return node is TaskNode { HasToken: true }
            ? context.With("Task", JsonObject.Create(("Token", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)))))
            : context;
    }
}
