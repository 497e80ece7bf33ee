using Orkestra.Asl;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// Makes states of a chain with compensations. What each compensation is given is kept in a variable. Everything that follows catches all errors and leads to the compensation of the last part that succeeded; the
/// compensations lead to each other in reverse order, and at last to a Fail state with the error.
/// </summary>
internal sealed class SagaCompiler(FlowCompiler compiler, StateNames names, GraphDraft graph)
{
    const string Input = "$states.input";

    readonly List<(CompensateFlowNode Node, string Variable)> compensations = [];
    readonly List<(StateDraft Draft, int Compensations)> guarded = [];

    // The part that is being built: the states that are joined so far, and what is to be joined as one state.
    readonly List<FlowNode> pending = [];
    string? entry;
    IReadOnlyList<Exit> exits = [];
    StateDraft? last;

    GuardCompiler? guards;

    GuardCompiler Guards => guards ??= compiler.Guards(graph);

    /// <summary>Whether a flow is a chain with compensations.</summary>
    public static bool IsOne(FlowNode node) => node is CompensateFlowNode || (node is SequenceFlowNode sequence && sequence.Flatten().Any(static part => part is CompensateFlowNode));

    public static WorkflowException Misplaced(CompensateFlowNode node) => new(
        $"'{node}' is inside a choice, a loop, a handler or a query, so it isn't known when the workflow is compiled whether there is something to compensate. Put it on a part of the chain itself: of the workflow, of a branch or of Try(…).");

    public Fragment Compile(FlowNode root)
    {
        if (root is not SequenceFlowNode sequence)
            throw new WorkflowException($"'{root}' has nothing after it that could fail, so it is never compensated: compose it with >> in the chain that it belongs to, with its retries and catches before .CompensateWith.");
        foreach (var node in sequence.Flatten()) Add(node);
        Flush();
        if (!guarded.Exists(one => one.Compensations == compensations.Count))
            throw new WorkflowException($"'{compensations[^1].Node}' has nothing after it in its chain that could fail, so it is never compensated: remove .CompensateWith, or put what can fail after it into the same chain instead of around it.");
        Undo();
        return new Fragment(entry, exits);
    }

    void Add(FlowNode node)
    {
        switch (node)
        {
            case IdentityFlowNode:
                break;
            case CompensateFlowNode compensated:
                Flush();
                Compensated(compensated);
                break;
            case WaitFlowNode { Computed: null }:
                Flush();
                Join(compiler.Compile(node, graph));
                break;
            case SelectFlowNode select when pending.Count == 0 && last is { } state && compiler.MergeAfter(select, state):
                break;
            case var single when compensations.Count > 0 && GuardCompiler.IsSingle(single):
                Flush();
                Guarded(Guards.Single(node));
                break;
            default:
                pending.Add(node);
                break;
        }
    }

    // What is more than one state catches as one.
    void Flush()
    {
        if (pending.Count == 0) return;
        FlowNode[] parts = [.. pending];
        pending.Clear();
        if (compensations.Count == 0)
        {
            Join(compiler.Sequence(parts, graph));
            return;
        }

        if (Array.Find(parts, ChainEnds.Early) is { } part)
            throw new WorkflowException($"'{part}' ends the workflow with Flow.Succeed after a step that has a compensation. Put the part of the chain that can be compensated into Try(…), and the end after it.");
        Guarded(Guards.Single(parts.Length == 1 ? parts[0] : new SequenceFlowNode(parts.SkipLast(1).Aggregate(static (first, second) => new SequenceFlowNode(first, second)), parts[^1])));
    }

    void Compensated(CompensateFlowNode node)
    {
        var draft = Guards.Single(node.Body);
        Guarded(draft);
        var variable = compiler.Variables.Take($"{char.ToLowerInvariant(node.Label[0])}{node.Label[1..]}");
        draft.State = draft.State with { Assign = (draft.State.Assign ?? JsonObject.Empty).With(variable[1..], node.Input is { } input ? Given(input, draft) : GuardCompiler.Result(draft)) };
        compensations.Add((node, variable));
        // An expression after it would change what the variable is made of.
        last = null;
    }

    // What needs expression trees has a method of its own: a workflow without expressions does not load them.
    JsonString Given(CompensationInput input, StateDraft draft) => FlowCompiler.Expression(compiler.Lower(input.Value, input.Parameters, Input, ResultText(draft)));

    static string ResultText(StateDraft draft) => draft.State.Output switch
    {
        null => "$states.result",
        JsonString { Value: var text } when text.StartsWith("{% ", StringComparison.Ordinal) => text[3..^3],
        _ => throw new WorkflowException($"The result of '{draft.Name}' is no single expression: put it into Try(…) before .CompensateWith."),
    };

    void Guarded(StateDraft draft)
    {
        if (compensations.Count > 0) guarded.Add((draft, compensations.Count));
        Join(Fragment.Of(draft));
        last = draft;
    }

    void Join(Fragment fragment)
    {
        last = null;
        if (fragment.Entry is not { } next) return;
        foreach (var exit in exits) exit.Continue(next);
        entry ??= next;
        exits = fragment.Exits;
    }

    void Undo()
    {
        var needed = guarded.Select(static state => state.Compensations).DefaultIfEmpty(0).Max();
        if (needed == 0) return;
        var failure = compiler.Variables.Take("failure");
        var keep = new Catcher { ErrorEquals = [ErrorNames.All], Assign = JsonObject.Create((failure[1..], FlowCompiler.Expression("$states.errorOutput"))) };
        var drafts = new string[needed + 1];
        List<(Exit Exit, int To)> links = [];
        for (var i = needed; i >= 1; i--)
        {
            var (node, variable) = compensations[i - 1];
            var draft = Guards.Single(node.Compensation);
            Give(draft, variable, node, out drafts[i]);
            links.Add((draft.Exit(), i - 1));
            links.Add((draft.CatchExit(keep), i - 1));
        }

        drafts[0] = graph.Add(names.Unique("Compensated"), GuardCompiler.Rethrow(failure)).Name;
        foreach (var (exit, to) in links) exit.Continue(drafts[to]);
        foreach (var (draft, count) in guarded) draft.CatchExit(keep).Continue(drafts[count]);
    }

    // The input of a compensation is the variable: the payload of its task, or a state before it.
    void Give(StateDraft draft, string variable, CompensateFlowNode node, out string first)
    {
        var value = FlowCompiler.Expression(variable);
        first = draft.Name;
        if (draft.State is TaskState { Arguments: JsonObject arguments } task && arguments["Payload"] == FlowCompiler.Expression(Input))
        {
            draft.State = task with { Arguments = arguments.With("Payload", value) };
            return;
        }

        var before = graph.Add(names.Unique($"{node.Compensation.Label} input"), new PassState { Output = value, Next = draft.Name });
        first = before.Name;
    }
}
