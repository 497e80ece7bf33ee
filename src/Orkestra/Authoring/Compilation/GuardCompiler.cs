using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes states of flows whose errors are retried, caught, captured or kept until a last flow has run.</summary>
internal sealed class GuardCompiler(FlowCompiler compiler, StateNames names, ExceptionNames exceptions, GraphDraft graph)
{
    const string Input = "$states.input";
    const string Error = "$states.errorOutput";

    /// <summary>Whether a flow is one state that can retry and catch by itself.</summary>
    public static bool IsFallible(FlowNode node) => node is StepFlowNode or CallbackFlowNode or ServiceFlowNode or MapFlowNode or ParallelFlowNode;

    /// <summary>Whether a flow is one state that can retry and catch by itself, perhaps with retries, and has no catches yet.</summary>
    public static bool IsSingle(FlowNode node) => IsFallible(node) || node is GuardFlowNode { Catches.Count: 0 };

    /// <summary>The one state of a flow. A flow with catches of its own has more ends than its main state, so it becomes a state as a whole.</summary>
    public StateDraft Single(FlowNode node) => node switch
    {
        GuardFlowNode { Catches.Count: 0 } guard => Guarded(guard),
        _ when IsSingle(node) => compiler.Fallible(node, graph),
        _ => compiler.Fallible(FlowCompiler.Alone(node), graph),
    };

    public Fragment Capture(CaptureFlowNode capture)
    {
        var draft = Single(capture.Body);
        draft.State = draft.State with { Output = JsonObject.Create(("Value", Result(draft))) };
        return new Fragment(draft.Name, [draft.Exit(), draft.CatchExit(new Catcher { ErrorEquals = [ErrorNames.All] })]);
    }

    public Fragment Guard(GuardFlowNode guard)
    {
        var draft = Guarded(guard);
        List<Exit> exits = [draft.Exit()];
        // The language requires the Catcher of all errors to be the last.
        List<Type> before = [];
        foreach (var caught in guard.Catches.OrderBy(caught => caught.Exception == typeof(Exception)))
        {
            var exception = caught.Exception;
            if (before.Find(earlier => earlier.IsAssignableFrom(exception)) is { } earlier)
                throw new WorkflowException($"'{guard.Body}' catches {exception.Name} after {earlier.Name}, which already handles it. Put the catch of the more derived exception first, or remove it.");
            before.Add(exception);
            var exit = draft.CatchExit(new Catcher { ErrorEquals = EquatableList.Create(exceptions.Matching(exception)), Output = Given(caught) });
            var fragment = compiler.Compile(caught.Handler, graph);
            if (fragment.Entry is { } next) exit.Continue(next);
            else exits.Add(exit);
            exits.AddRange(fragment.Exits);
        }

        return new Fragment(draft.Name, exits);
    }

    /// <summary>The result or the error is kept in a variable while the last flow runs.</summary>
    public Fragment Finally(FinallyFlowNode node)
    {
        var draft = Single(node.Body);
        var outcome = compiler.Variables.Take("outcome");
        draft.State = draft.State with { Assign = JsonObject.Create((outcome[1..], JsonObject.Create(("Value", Result(draft))))), Output = FlowCompiler.Expression(Input) };
        Exit[] exits =
        [
            draft.Exit(),
            draft.CatchExit(new Catcher
            {
                ErrorEquals = [ErrorNames.All],
                Assign = JsonObject.Create((outcome[1..], FlowCompiler.Expression(Error))),
                Output = FlowCompiler.Expression(Input),
            }),
        ];
        var last = compiler.Compile(node.Last, graph);
        var choice = graph.Add(names.Unique($"{node.Label} finally"), new ChoiceState());
        foreach (var exit in exits) exit.Continue(last.Entry ?? choice.Name);
        foreach (var exit in last.Exits) exit.Continue(choice.Name);
        var failed = graph.Add(names.Unique($"{node.Label} rethrow"), Rethrow(outcome));
        choice.State = (ChoiceState)choice.State with
        {
            Choices = [new ConditionRule { Condition = FlowCompiler.Expression($"$exists({outcome}.Value)"), Output = FlowCompiler.Expression($"{outcome}.Value") }],
            Default = failed.Name,
        };
        return new Fragment(draft.Name, [choice.RuleExit(0)]);
    }

    /// <summary>Ends with the error that is the value of a variable.</summary>
    public static FailState Rethrow(string variable) => new()
    {
        Error = FlowCompiler.Expression($"{variable}.Error").Value,
        Cause = FlowCompiler.Expression($"$exists({variable}.Cause) ? {variable}.Cause : ''").Value,
    };

    /// <summary>What a state gives, as an expression over its result.</summary>
    public static JsonValue Result(StateDraft draft) => draft.State.Output ?? FlowCompiler.Expression("$states.result");

    JsonString? Given(CaughtFlow caught) =>
        caught.Input is { } given ? FlowCompiler.Expression(Lower(given))
        : caught.WithInput ? FlowCompiler.Expression($"{{'Input': {Input}, 'Failure': {Error}}}")
        : null;

    // What needs expression trees has a method of its own: a workflow without expressions does not load them.
    string Lower(CaughtInput given) => compiler.Lower(given.Value, given.Parameters, Input, Error);

    StateDraft Guarded(GuardFlowNode guard)
    {
        var draft = compiler.Fallible(IsFallible(guard.Body) ? guard.Body : FlowCompiler.Alone(guard.Body), graph);
        var state = (FallibleState)draft.State;
        if (guard.Retries.Count > 0) state = state with { Retry = Retriers.Together(guard.Retries, state.Retry, exceptions, $"'{guard.Body}'") };
        if (guard.Timeout is { } timeout) state = TaskOf(state, guard, "timeout") with { TimeoutSeconds = Seconds.Of(timeout, $"The timeout of {guard.Body.Label}") };
        if (guard.Heartbeat is { } heartbeat) state = BeatingTask(TaskOf(state, guard, "heartbeat"), guard) with { HeartbeatSeconds = Seconds.Of(heartbeat, $"The heartbeat of {guard.Body.Label}") };
        draft.State = state is TaskState task ? Seconds.Fitting(task, $"'{guard.Body.Label}'") : state;
        return draft;
    }

    // Only workers and those who answer a callback can send heartbeats.
    static TaskState BeatingTask(TaskState task, GuardFlowNode guard) => task.Resource is { } resource
        && (resource.EndsWith(".waitForTaskToken", StringComparison.Ordinal) || resource.Contains(":activity:", StringComparison.Ordinal) || resource.StartsWith("${", StringComparison.Ordinal))
        ? task
        : throw new WorkflowException($"'{guard.Body.Label}' has a heartbeat, but nothing sends one, so it would fail after that time: use .Timeout(…) instead. Steps in workers (Host = StepHost.Worker) and callbacks (.WaitForCallback) have heartbeats.");

    static TaskState TaskOf(FallibleState state, GuardFlowNode guard, string what) => state as TaskState ?? throw new WorkflowException(
        $"'{guard.Body}' has a {what}, but only a step can have one in the Amazon States Language: put it on the steps{(what == "timeout" ? ", or on the workflow (override Timeout)" : "")}.");
}
