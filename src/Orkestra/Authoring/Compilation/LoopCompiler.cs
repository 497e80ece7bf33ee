using System.Globalization;
using System.Linq.Expressions;
using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Authoring.Lowering;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// Makes states of a loop: the flow, a Choice state after it that leads back, and where they are asked for a Wait state on the way back, a Pass state before that sets the variables, and a Fail state for
/// a loop that does not end.
/// </summary>
internal sealed class LoopCompiler(FlowCompiler compiler, StateNames names, ExceptionNames exceptions, VariableNames variables, GraphDraft graph)
{
    const string Input = "$states.input";

    // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html#service-limits-state-machine-executions
    const int MostEvents = 25_000;
    const int EventsOfState = 2;
    const int EventsOfTask = 5;

    static readonly string Most = MostEvents.ToString("N0", CultureInfo.InvariantCulture);

    public Fragment Compile(RepeatFlowNode node)
    {
        var rule = node.Rule;
        var setup = Setup(node, out var counter, out var input, out var start);
        var body = compiler.Compile(node.Body, graph);
        if (body.Entry is not { } entry) throw new WorkflowException($"'{node}' repeats a flow without a state: compose at least one step.");
        setup?.Exit().Continue(entry);
        CheckEnd(node);
        var choice = graph.Add(names.Unique(node.ChoiceName), new ChoiceState { Comment = rule.Text });
        foreach (var exit in body.Exits) exit.Continue(choice.Name);
        var back = Back(node, input, entry);
        var again = counter is not null ? $"{counter} < {rule.Limit}"
            : start is not null ? $"$millis() - {start} + {Milliseconds(rule.Wait!.Value)} <= {Milliseconds(rule.GiveUpAfter!.Value)}"
            : null;
        var fragmentEntry = setup?.Name ?? entry;
        if (again is null)
        {
            choice.State = (ChoiceState)choice.State with { Choices = [new ConditionRule { Condition = Condition(rule, holds: rule.Kind == RepeatKind.While), Next = back }] };
            return new Fragment(fragmentEntry, [choice.DefaultExit()]);
        }

        var fail = graph.Add(names.Unique($"{choice.Name} gives up"), GivingUp(node));
        choice.State = (ChoiceState)choice.State with
        {
            Choices =
            [
                new ConditionRule { Condition = Condition(rule, holds: rule.Kind != RepeatKind.While) },
                new ConditionRule
                {
                    Condition = FlowCompiler.Expression(again),
                    Next = back,
                    Assign = counter is null ? null : JsonObject.Create((counter[1..], FlowCompiler.Expression($"{counter} + 1"))),
                },
            ],
            Default = fail.Name,
        };
        return new Fragment(fragmentEntry, [choice.RuleExit(0)]);
    }

    void CheckEnd(RepeatFlowNode node)
    {
        var rule = node.Rule;
        if (compiler.Lower(rule.Condition) == (rule.Kind == RepeatKind.While ? "true" : "false") && !HasSucceed(node.Body))
            throw new WorkflowException($"'{node}' never ends, because its condition doesn't read the payload and is always {(rule.Kind == RepeatKind.While ? "true" : "false")}: let it read what '{node.Body}' gives.");
        var events = Events(node.Body) + EventsOfState + (rule.Wait is null ? 0 : EventsOfState);
        var fix = "choose a lower limit, or run the rounds in executions of their own (workflow.AsStep())";
        if (rule.Limit is { } limit && (long)limit * events > MostEvents)
            throw new WorkflowException($"'{node}' has a limit of {limit.ToString(CultureInfo.InvariantCulture)} rounds, which needs more than the {Most} events that the history of an execution has: {fix}.");
        // Half of the calls, as if each took as long as the pause after it.
        if (rule is { GiveUpAfter: { } end, Wait: { } pause } && end / pause / 2 * events > MostEvents)
            throw new WorkflowException($"'{node}' calls every {pause:c} for up to {end:c}, which needs more than the {Most} events that the history of an execution has: choose a longer pause.");
    }

    static bool HasSucceed(FlowNode node) => node is SucceedFlowNode || node.Parts.Any(HasSucceed);

    // The least that a flow adds to the history. An expression may be evaluated by a neighbor.
    static int Events(FlowNode node) => node switch
    {
        StepFlowNode or ServiceFlowNode => EventsOfTask,
        SequenceFlowNode sequence => sequence.Flatten().Sum(Events),
        WaitFlowNode => EventsOfState,
        _ => 0,
    };

    StateDraft? Setup(RepeatFlowNode node, out string? counter, out string? input, out string? start)
    {
        var rule = node.Rule;
        if (rule.GiveUpAfter < rule.Wait)
            throw new WorkflowException($"'{node}' gives up after {rule.GiveUpAfter}, before its second call, which comes {rule.Wait} after the first one: choose a longer time, or a shorter pause.");
        counter = rule.Limit is null ? null : variables.Take("rounds");
        input = rule.Kind == RepeatKind.Poll ? variables.Take("request") : null;
        start = rule.GiveUpAfter is null ? null : variables.Take("started");
        List<(string, JsonValue)> assigned = [];
        if (counter is not null) assigned.Add((counter[1..], JsonNumber.Create(1)));
        if (input is not null) assigned.Add((input[1..], FlowCompiler.Expression(Input)));
        if (start is not null) assigned.Add((start[1..], FlowCompiler.Expression("$millis()")));
        return assigned.Count == 0 ? null : graph.Add(names.Unique($"{node.ChoiceName} start"), new PassState { Assign = JsonObject.Create([.. assigned]) });
    }

    // Where the loop goes for the next round.
    string Back(RepeatFlowNode node, string? input, string entry)
    {
        if (node.Rule.Wait is not { } wait) return entry;
        return graph.Add(names.Unique($"{node.ChoiceName} wait"), new WaitState
        {
            Seconds = Seconds.Of(wait, $"The pause of '{node}'"),
            Output = input is null ? null : FlowCompiler.Expression(input),
            Next = entry,
        }).Name;
    }

    JsonString Condition(RepeatRule rule, bool holds) => FlowCompiler.Expression(holds ? compiler.Lower(rule.Condition) : compiler.Lower(Expression.Not(rule.Condition.Body), rule.Condition.Parameters));

    FailState GivingUp(RepeatFlowNode node) => node.Rule.Limit is { } limit
        ? new FailState { Error = exceptions.ReportedName(typeof(RepeatLimitException)), Cause = $"'{node.ChoiceName}' reached its limit of {limit.ToString(CultureInfo.InvariantCulture)} rounds." }
        : new FailState
        {
            Error = exceptions.ReportedName(typeof(TimeoutException)),
            Cause = $"'{node.ChoiceName}' gave up after {Seconds.Of(node.Rule.GiveUpAfter!.Value, $"The time after which '{node}' gives up").ToString(CultureInfo.InvariantCulture)} seconds.",
        };

    static string Milliseconds(TimeSpan time) => ((long)time.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);
}
