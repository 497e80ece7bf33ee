using System.Linq.Expressions;
using System.Text.Json;
using Orkestra.Asl;
using Orkestra.Asl.Choices;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes a Choice state of a switch: a rule for each case, in their order.</summary>
internal sealed class SwitchCompiler(FlowCompiler compiler, StateNames names, JsonSerializerOptions options, GraphDraft graph)
{
    const string Input = "$states.input";

    readonly List<ConditionRule> rules = [];
    readonly List<Exit> exits = [];
    readonly List<(SwitchRange Range, string Text)> ranges = [];

    public Fragment Compile(SwitchFlowNode node)
    {
        var subject = node.Subject;
        if (node.Cases.Count == 0) throw new WorkflowException($"The switch '{node}' has no case: add .Case(…).");
        var hierarchy = node.Cases[0].Type is null ? null : Hierarchy.Of(subject.Type, options);
        var otherwise = node.Otherwise;
        var cases = node.Cases;
        // A case for the base takes whatever is left, as in C#.
        if (hierarchy is not null && cases[^1].Type == subject.Type)
        {
            if (otherwise is not null) throw new WorkflowException($"The switch '{node}' has a case for {TypeName.Of(subject.Type)}, which takes everything that is left: remove that case or .Default(…).");
            otherwise = cases[^1].Flow;
            cases = [.. cases.SkipLast(1)];
        }

        if (otherwise is null) SwitchCoverage.Check(node, hierarchy);
        SwitchCoverage.CheckReachable(node, hierarchy);
        var comment = subject.Text.Length > 0 ? subject.Text : hierarchy is not null ? $"type of {TypeName.Of(subject.Type)}" : null;
        var choice = graph.Add(names.Unique(node.Label), new ChoiceState { Comment = comment });
        foreach (var one in cases)
        {
            var condition = FlowCompiler.Expression(Condition(subject, one, hierarchy));
            if (rules.Exists(rule => Equals(rule.Condition, condition)))
                throw new WorkflowException($"The switch '{node}' never takes its case {one.Text ?? TypeName.Of(one.Type!)}: a case before it has the same condition. Remove it, or change its condition.");
            if (SwitchRange.Of(one.Condition) is { } range)
            {
                if (ranges.Find(earlier => earlier.Range.Covers(range)) is { Text: { } text })
                    throw new WorkflowException($"The switch '{node}' never takes its case {one.Text}: the case {text} before it takes all of these. Put the narrower one first.");
                ranges.Add((range, one.Text ?? ""));
            }

            Add(choice, one, condition);
        }

        if (otherwise is null)
        {
            choice.State = (ChoiceState)choice.State with { Choices = [.. rules] };
        }
        else
        {
            var output = compiler.OnlyExpression(otherwise);
            var fragment = output is null ? compiler.Compile(otherwise, graph) : Fragment.Empty;
            // The state's own output would be that of a rule without one as well.
            if (output is not null)
            {
                for (var i = 0; i < rules.Count; i++) rules[i] = rules[i] with { Output = rules[i].Output ?? FlowCompiler.Expression(Input) };
            }

            choice.State = (ChoiceState)choice.State with { Choices = [.. rules], Default = fragment.Entry, Output = output };
            exits.AddRange(fragment.Exits);
            if (fragment.Entry is null) exits.Add(choice.DefaultExit());
        }

        return new Fragment(choice.Name, exits);
    }

    void Add(StateDraft choice, FlowCase one, JsonString condition)
    {
        var output = compiler.OnlyExpression(one.Flow);
        var fragment = output is null ? compiler.Compile(one.Flow, graph) : Fragment.Empty;
        var at = rules.Count;
        rules.Add(new ConditionRule { Comment = one.Text, Condition = condition, Next = fragment.Entry, Output = output });
        exits.AddRange(fragment.Exits);
        if (fragment.Entry is null) exits.Add(choice.RuleExit(at));
    }

    string Condition(SwitchSubject subject, FlowCase one, Hierarchy? hierarchy)
    {
        if (hierarchy is not null) return hierarchy.Condition(one.Type!, Input);
        if (one.Condition is { } condition) return compiler.Lower(condition);
        var value = subject.Value!;
        return compiler.Lower(Equal(value.Body, one.Value!, subject), value.Parameters);
    }

    static BinaryExpression Equal(Expression value, Expression constant, SwitchSubject subject)
    {
        try
        {
            return Expression.Equal(value, constant);
        }
        catch (InvalidOperationException)
        {
            throw new WorkflowException($"The values of '{subject.Text}' can't be compared: {TypeName.Of(subject.Type)} has no operator ==. Switch over one of its members, or over conditions.");
        }
    }
}
