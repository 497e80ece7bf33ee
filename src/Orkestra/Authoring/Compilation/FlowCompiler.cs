using System.Linq.Expressions;
using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Asl.Maps;
using Orkestra.Authoring.Lowering;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Authoring.Queries;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// Makes states of a flow:
/// <code>
/// step                 Task, arn:aws:states:::lambda:invoke, or the activity of a step in a worker
/// a >> b               Next
/// [a, b], All(a, b)    Parallel
/// (a, b)               Parallel, each branch captured
/// Aws.Step(…)          Task of the service's integration
/// flow.Capture()       Catch States.ALL; {"Value": …} or the error's own {"Error": …, "Cause": …}
/// flow.Map()           Map
/// flow.MapEach(…)      distributed Map with ItemReader, ItemSelector, ItemBatcher and ResultWriter
/// flow.Select(x => …)  Output of the state before, Payload of the step after, or a Pass with Output where neither can hold it
/// flow.When(x => …)    Choice
/// flow.Switch(x => …)  Choice with a rule for each case
/// Wait, Fail           Wait, Fail
/// workflow.AsStep()    Task, arn:aws:states:::states:startExecution.sync:2, and a Fail with the error of the other workflow
/// .WaitForCallback     Task, arn:aws:states:::lambda:invoke.waitForTaskToken
/// states of a document the same state, or a Parallel of one branch with all of them
/// from … select …      variables, Assign
/// flow.RepeatWhile()   Choice that leads back; Pass, Wait and Fail where a limit or a pause asks for them
/// .Finally             a variable for the result or the error, and a Choice after the last flow
/// .CompensateWith      variables, a Catch on what follows, and the compensations in reverse order
/// .Retry .Catch        on the state of a step, Map or Parallel; other flows are put in a Parallel of one branch
/// </code>
/// </summary>
internal sealed class FlowCompiler(StateNames names, ExceptionNames exceptions, PayloadSerializer serializer, Workflow? workflow = null)
{
    const string Invoke = "arn:aws:states:::lambda:invoke";
    const string Input = "$states.input";

    public static readonly JsonString PayloadOfResult = Expression("$states.result.Payload");

    // What the service itself may answer with for reasons that pass: AWS advises to retry these for every Lambda task.
    static readonly Retrier LambdaRetrier = new()
    {
        ErrorEquals = ["Lambda.ServiceException", "Lambda.AWSLambdaException", "Lambda.SdkClientException", "Lambda.TooManyRequestsException"],
        IntervalSeconds = 1,
        MaxAttempts = 3,
        BackoffRate = 2,
        JitterStrategy = "FULL",
    };

    public static readonly FailState Rethrow = new() { Error = Expression($"{Input}.Error").Value, Cause = Expression($"$exists({Input}.Cause) ? {Input}.Cause : ''").Value };

    // Functions that give another value each time.
    static readonly string[] Changing = ["$now(", "$millis(", "$uuid(", "$random("];

    // One for the machine: a variable of a branch must not have the name of one outside.
    VariableNames? variables;

    // How many Map states are around what is being compiled.
    int maps;

    /// <summary>The steps by the names of their states.</summary>
    public Dictionary<string, IStep> StepsByState { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Type> RepliesByState { get; } = new(StringComparer.Ordinal);

    /// <summary>The workflows that the flow starts.</summary>
    public NestedWorkflows Nested { get; } = new(names, serializer, workflow);

    /// <summary>Where the states that were not authored come from.</summary>
    public List<object> Sources { get; } = [];

    /// <summary>The same by the names of the states.</summary>
    public Dictionary<string, object> SourcesByState { get; } = new(StringComparer.Ordinal);

    /// <summary>A whole graph, or null when the flow has no state.</summary>
    public (string StartAt, EquatableMap<State> States)? Graph(FlowNode node)
    {
        var graph = new GraphDraft(names);
        var fragment = SagaCompiler.IsOne(node) ? new SagaCompiler(this, names, graph).Compile(node) : Compile(node, graph);
        if (fragment.Entry is null) return null;
        graph.End(fragment);
        return (fragment.Entry, graph.Finish());
    }

    public Fragment Compile(FlowNode node, GraphDraft graph) => node switch
    {
        IdentityFlowNode => Fragment.Empty,
        SequenceFlowNode sequence => Sequence(sequence, graph),
        SelectFlowNode select => Select(select, graph),
        WhenFlowNode branching => When(branching, graph),
        SwitchFlowNode branching => Switch(branching, graph),
        WaitFlowNode wait => Wait(wait, graph),
        RepeatFlowNode repeat => Repeat(repeat, graph),
        FailFlowNode { Exception: not null } fail => Fail(fail, graph),
        FailFlowNode { Error: null } => new Fragment(graph.Add(names.Unique(node.Label), Rethrow).Name, []),
        FailFlowNode fail => new Fragment(graph.Add(names.Unique(fail.Label), new FailState { Error = fail.Error, Cause = fail.Cause }).Name, []),
        SucceedFlowNode => new Fragment(graph.Add(names.Unique(node.Label), new SucceedState()).Name, []),
        ConstantFlowNode constant => Fragment.Of(graph.Add(names.Unique(constant.Label), new PassState { Output = EscapedLiterals.Escape(constant.Payload(serializer)) })),
        QueryNode query => Query(query, graph),
        CaptureFlowNode capture => Guards(graph).Capture(capture),
        GuardFlowNode guard => Guards(graph).Guard(guard),
        FinallyFlowNode last => Guards(graph).Finally(last),
        CompensateFlowNode compensated => throw SagaCompiler.Misplaced(compensated),
        DocumentFlowNode document => Document(document, graph),
        NestedFlowNode nested => Nested.Compile(nested, graph),
        _ => Fragment.Of(Fallible(node, graph)),
    };

    public GuardCompiler Guards(GraphDraft graph) => new(this, names, exceptions, graph);

    Fragment Sequence(SequenceFlowNode sequence, GraphDraft graph) => Sequence(sequence.Flatten(), graph);

    /// <summary>One after the other.</summary>
    public Fragment Sequence(IReadOnlyList<FlowNode> nodes, GraphDraft graph)
    {
        string? entry = null;
        IReadOnlyList<Exit> exits = [];
        FlowNode? last = null;
        for (var i = 0; i < nodes.Count; i++)
        {
            // An expression needs no state of its own where the state before or after can evaluate it.
            if (nodes[i] is SelectFlowNode select && exits is [{ Draft: { } draft }] && MergeAfter(select, draft)) continue;
            var fragment = nodes[i] is SelectFlowNode input && i + 1 < nodes.Count && nodes[i + 1] is StepFlowNode { Step: var step } && Merged(input, step, graph) is { } task
                ? task
                : Compile(nodes[i], graph);
            if (nodes[i] is SelectFlowNode && fragment.Draft is { State: TaskState }) i++;
            if (fragment.Entry is not { } next) continue;
            if (last is not null && exits.Count == 0)
                throw new WorkflowException($"'{nodes[i]}' is never reached, because '{last}' always ends the run before it: leave it out, or end the run in one way of a When or a Switch only.");
            entry ??= next;
            foreach (var exit in exits) exit.Continue(next);
            exits = fragment.Exits;
            last = nodes[i];
        }

        return new Fragment(entry, exits);
    }

    // The output of the state before becomes the expression over its result. A failure in it would then belong to that state, so one that retries or catches all errors stays as it is.
    public bool MergeAfter(SelectFlowNode select, StateDraft draft)
    {
        if (draft.State is not FallibleState { QueryLanguage: null } state || draft.Catchers.Count > 0 || state.Retry.Any(RetriesExpressions)) return false;
        var result = state.Output switch
        {
            null => "$states.result",
            JsonString output when output == PayloadOfResult => "$states.result.Payload",
            JsonString { Value: "{% $states.input %}" } => Input,
            JsonString { Value: "{% $states.result[0] %}" } => "$states.result[0]",
            _ => null,
        };
        if (result is null) return false;
        draft.State = state with { Comment = state.Comment ?? select.Text, Output = Expression(Lower(select.Selector, result)) };
        return true;
    }

    // The payload of the step after becomes the expression, unless a retry could evaluate it anew to another value.
    Fragment? Merged(SelectFlowNode select, IStep step, GraphDraft graph)
    {
        if (step.Metadata.Retry is { } policy && RetriesExpressions(new Retrier { ErrorEquals = EquatableList.Create(exceptions.Matching(policy)) })) return null;
        var payload = Lower(select.Selector, Input);
        if (Changing.Any(function => payload.Contains(function, StringComparison.Ordinal))) return null;
        var draft = Task(step, graph, Expression(payload));
        draft.State = draft.State with { Comment = draft.State.Comment ?? select.Text };
        return Fragment.Of(draft);
    }

    public static bool RetriesExpressions(Retrier retrier) => retrier.ErrorEquals.Any(static error => error is ErrorNames.All or ErrorNames.QueryEvaluationError);

    // What needs expression trees has a method of its own: a workflow without expressions does not load them.
    Fragment Select(SelectFlowNode select, GraphDraft graph) => Fragment.Of(graph.Add(names.Unique(select.Label), new PassState
    {
        Comment = select.Text,
        Output = Expression(Lower(select.Selector)),
    }));

    Fragment Wait(WaitFlowNode wait, GraphDraft graph) => Fragment.Of(graph.Add(names.Unique(wait.Label), WaitStates.Of(wait, this)));

    Fragment Query(QueryNode query, GraphDraft graph) =>
        new QueryCompiler(this, names, Variables, serializer.Options, graph).Compile(query);

    Fragment When(WhenFlowNode node, GraphDraft graph)
    {
        var condition = Expression(Lower(node.Condition));
        var choice = graph.Add(names.Unique(node.Label), new ChoiceState { Comment = node.Text });
        // A branch that is only an expression is an output of the choice.
        var (thenOutput, otherwiseOutput) = (OnlyExpression(node.Then), OnlyExpression(node.Otherwise));
        var then = thenOutput is null ? Compile(node.Then, graph) : Fragment.Empty;
        var otherwise = otherwiseOutput is null ? Compile(node.Otherwise, graph) : Fragment.Empty;
        List<Exit> exits = [.. then.Exits, .. otherwise.Exits];
        var rule = new ConditionRule { Condition = condition, Next = then.Entry, Output = thenOutput ?? (otherwiseOutput is null ? null : Expression(Input)) };
        choice.State = (ChoiceState)choice.State with { Choices = [rule], Default = otherwise.Entry, Output = otherwiseOutput };
        if (then.Entry is null)
            exits.Add(new Exit(next => choice.State = (ChoiceState)choice.State with { Choices = [rule with { Next = next }] }, null, choice.Name));
        if (otherwise.Entry is null) exits.Add(choice.DefaultExit());
        return new Fragment(choice.Name, exits);
    }

    Fragment Fail(FailFlowNode node, GraphDraft graph)
    {
        var exception = node.Exception!;
        return new Fragment(graph.Add(names.Unique(node.Label), new FailState
        {
            Comment = exception.Text,
            Error = exceptions.ReportedName(exception.Type),
            Cause = exception.Message is { } message ? Expression(Lower(message, exception.Parameters)).Value : null,
        }).Name, []);
    }

    Fragment Switch(SwitchFlowNode node, GraphDraft graph) => new SwitchCompiler(this, names, serializer.Options, graph).Compile(node);

    /// <summary>The expression of a flow that is nothing else; null for any other flow.</summary>
    public JsonString? OnlyExpression(FlowNode node) => node switch
    {
        SelectFlowNode select => Expression(Lower(select.Selector)),
        SequenceFlowNode { First: IdentityFlowNode, Second: SelectFlowNode select } => Expression(Lower(select.Selector)),
        _ => null,
    };

    Fragment Repeat(RepeatFlowNode node, GraphDraft graph) => new LoopCompiler(this, names, exceptions, Variables, graph).Compile(node);

    public VariableNames Variables => variables ??= new VariableNames([Input]);

    /// <summary>The single state of a node that can fail, be retried and be caught.</summary>
    public StateDraft Fallible(FlowNode node, GraphDraft graph) => node switch
    {
        StepFlowNode step => Task(step.Step, graph),
        ServiceFlowNode service => Service(service, graph),
        CallbackFlowNode callback => Callback(callback, graph),
        MapFlowNode map => Map(map, graph),
        ParallelFlowNode parallel => Parallel(parallel, graph),
        _ => throw new InvalidOperationException($"No state for {node.GetType().Name}."),
    };

    /// <summary>Several states that are to be retried or caught together become the only branch of a Parallel state.</summary>
    public static ParallelFlowNode Alone(FlowNode body) => new(ParallelKind.One, [body]);

    StateDraft Task(IStep step, GraphDraft graph, JsonString? payload = null)
    {
        payload ??= Expression(Input);
        var name = names.OfStep(step.Metadata.Name);
        var inWorker = step.Metadata.Host == StepHost.Worker;
        EquatableList<Retrier> own = inWorker ? [] : [LambdaRetrier];
        StepsByState.Add(name, step);
        return graph.Add(name, new TaskState
        {
            Comment = step.Metadata.Description,
            Resource = inWorker ? ActivityTasks.Resource(step) : Invoke,
            Arguments = inWorker ? ActivityTasks.Arguments(step, payload, maps)
                : step.Metadata.TakesContext
                ? JsonObject.Create(FunctionName(step), ("ClientContext", Expression(CallContext.Expression(maps))), ("Payload", payload))
                : JsonObject.Create(FunctionName(step), ("Payload", payload)),
            TimeoutSeconds = step.Metadata.Timeout is { } timeout ? Seconds.Of(timeout, $"The timeout of step '{step.Metadata.Name}'") : null,
            HeartbeatSeconds = step.Metadata.Heartbeat is { } heartbeat ? Seconds.Of(heartbeat, $"The heartbeat of step '{step.Metadata.Name}'") : null,
            Retry = step.Metadata.Retry is { } policy ? Retriers.Together([policy], own, exceptions, $"step '{step.Metadata.Name}'") : own,
            Output = inWorker ? null : PayloadOfResult,
        });
    }

    // Expression trees again.
    StateDraft Service(ServiceFlowNode node, GraphDraft graph)
    {
        var draft = graph.Add(names.Unique(node.Label), ServiceTasks.Of(node, serializer));
        if (node.IsCallback) RepliesByState.Add(draft.Name, node.Answer);
        return draft;
    }

    // The result is the reply, and the limits are those of the wait for it, not of the function.
    StateDraft Callback(CallbackFlowNode node, GraphDraft graph)
    {
        if (node.Step.Metadata.Host == StepHost.Worker)
            throw new WorkflowException($"'{node.Label}' waits for a callback, but its step runs in a worker, whose task goes on when the worker answers. Remove .WaitForCallback and let the worker answer later, or remove Host = StepHost.Worker.");
        PayloadContract.Check(node.Reply, serializer, $"The reply to '{node.Label}' is", isRead: true);
        var draft = Task(node.Step, graph);
        var task = (TaskState)draft.State with
        {
            Resource = $"{Invoke}.waitForTaskToken",
            Arguments = JsonObject.Create(FunctionName(node.Step), ("ClientContext", Expression(CallContext.Expression(maps, token: true))), ("Payload", Expression(Input))),
            TimeoutSeconds = node.Timeout is { } timeout ? Seconds.Of(timeout, $"The time to wait for the callback of '{node.Label}'") : null,
            HeartbeatSeconds = node.Heartbeat is { } heartbeat ? Seconds.Of(heartbeat, $"The heartbeat of the callback of '{node.Label}'") : null,
            Output = null,
        };
        draft.State = Seconds.Fitting(task, $"the callback of '{node.Label}'");
        RepliesByState.Add(draft.Name, node.Reply);
        return draft;
    }

    static (string, JsonValue) FunctionName(IStep step) => ("FunctionName", $"${{{step.FunctionName}}}");

    StateDraft Map(MapFlowNode map, GraphDraft graph)
    {
        DistributedMaps.Check(map);
        var name = names.Unique(map.Label);
        var draft = graph.Add(name, new MapState());
        maps++;
        var body = Inner(map.Body, name);
        maps--;
        var distributed = map.Distributed;
        draft.State = new MapState
        {
            ItemProcessor = new ItemProcessor
            {
                ProcessorConfig = distributed is null
                    ? new ProcessorConfig { Mode = "INLINE" }
                    : new ProcessorConfig { Mode = "DISTRIBUTED", ExecutionType = distributed.Express ? "EXPRESS" : "STANDARD" },
                StartAt = body.StartAt,
                States = body.States,
            },
            MaxConcurrency = map.MaxConcurrency > 0 ? map.MaxConcurrency : null,
            ToleratedFailureCount = distributed?.ToleratedFailures,
            ToleratedFailurePercentage = distributed?.ToleratedFailurePercentage,
            Label = distributed?.Label,
        };
        if (map.Dataset is { } dataset) draft.State = DatasetMaps.With((MapState)draft.State, dataset, serializer);
        // In the place of an item that failed, the service gives the description of its child execution.
        if (distributed is { ToleratedFailures: not null } or { ToleratedFailurePercentage: not null } && draft.State is MapState { ResultWriter: null, Output: null } tolerant)
            draft.State = tolerant with { Output = Expression("$append([], $states.result[$not($type($) = 'object' and $exists(ExecutionArn) and $exists(StateMachineArn) and Status != 'SUCCEEDED')][])") };
        return draft;
    }

    StateDraft Parallel(ParallelFlowNode parallel, GraphDraft graph)
    {
        var name = names.Unique(parallel.Label);
        var draft = graph.Add(name, new ParallelState());
        var branches = parallel.Branches.Select(branch =>
        {
            var (startAt, states) = Inner(branch, name);
            return new Branch { StartAt = startAt, States = states };
        });
        draft.State = new ParallelState
        {
            Branches = [.. branches],
            Output = parallel.Kind == ParallelKind.One ? Expression("$states.result[0]") : null,
        };
        return draft;
    }

    // One state becomes one state; several become the only branch of a Parallel state, whatever ends they have.
    Fragment Document(DocumentFlowNode node, GraphDraft graph)
    {
        var document = node.Read();
        if (!Sources.Contains(node.Source)) Sources.Add(node.Source);
        var language = document.QueryLanguage ?? QueryLanguage.JSONPath;
        if (document.States is { Count: 1 } && document.States.Values.First() is FallibleState or PassState or WaitState)
        {
            var state = document.States.Values.First();
            var single = graph.Add(names.Unique(node.Label), state with { Next = null, End = null, QueryLanguage = state.QueryLanguage ?? language });
            SourcesByState.Add(single.Name, node.Source);
            return Fragment.Of(single);
        }

        var draft = graph.Add(names.Unique($"{node.Label} states"), new ParallelState());
        SourcesByState.Add(draft.Name, node.Source);
        var states = document.States.Select(state => (names.Own(state.Key), state.Value with { QueryLanguage = state.Value.QueryLanguage ?? language }));
        draft.State = new ParallelState { Branches = [new Branch { StartAt = document.StartAt, States = new(states) }], Output = Expression("$states.result[0]") };
        return Fragment.Of(draft);
    }

    // A branch without states gives its input, which takes a state to say.
    (string StartAt, EquatableMap<State> States) Inner(FlowNode node, string owner)
    {
        if (Graph(node) is { } graph) return graph;
        var name = names.Unique($"{owner} input");
        return (name, new([(name, new PassState { End = true })]));
    }

    /// <summary>The JSONata of an expression over the payload.</summary>
    public string Lower(LambdaExpression lambda) => Lower(lambda, Input);

    /// <summary>The JSONata of a part of an expression over the payload.</summary>
    public string Lower(Expression body, IReadOnlyList<ParameterExpression> parameters) => Lower(body, parameters, Input);

    /// <summary>The JSONata of an expression over several values.</summary>
    public string Lower(Expression body, IReadOnlyList<ParameterExpression> parameters, params string[] values) => ExpressionLowering.ToJsonata(body, parameters, serializer.Options, values);

    string Lower(LambdaExpression lambda, string input) => ExpressionLowering.ToJsonata(lambda, serializer.Options, [input]);

    public static JsonString Expression(string jsonata) => JsonString.Create($"{{% {jsonata} %}}");
}
