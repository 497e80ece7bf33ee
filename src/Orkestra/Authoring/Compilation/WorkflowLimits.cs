using System.Globalization;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Compilation;

/// <summary>Refuses a name that no state machine can have, and times that the workflow's own timeout always cuts off.</summary>
internal static class WorkflowLimits
{
    const int LongestName = 80;

    // https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
    static readonly TimeSpan LongestRun = TimeSpan.FromDays(365);

    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html
    const string NotInNames = "<>{}[]?*\"#%\\^|~`$&,;:/";

    public static void Check(Workflow workflow, FlowNode root)
    {
        CheckName(workflow);
        if (workflow.Timeout > LongestRun)
            throw new WorkflowException($"The timeout of the workflow {workflow.Name} is {workflow.Timeout:c}, but an execution ends after a year: choose 365 days or less.");
        CheckTimes(workflow, root, workflow.Timeout ?? LongestRun);
    }

    static void CheckName(Workflow workflow)
    {
        var (name, type) = (workflow.Name, TypeName.Of(workflow.GetType()));
        if (string.IsNullOrEmpty(name)) throw new WorkflowException($"The workflow {type} has no name: let Name give one, or don't override it.");
        if (workflow.Name is var again && again != name)
            throw new WorkflowException($"The name of the workflow {type} is another one each time it is read, such as '{name}' and '{again}', and a state machine has one: let Name give the same text always.");
        if (name.Length > LongestName)
            throw new WorkflowException(
                $"The workflow {type} has a name of {name.Length.ToString(CultureInfo.InvariantCulture)} characters, '{name}', but a state machine's name has at most {LongestName.ToString(CultureInfo.InvariantCulture)}: override Name with a shorter one.");
        foreach (var letter in name)
        {
            if (char.IsWhiteSpace(letter) || char.IsControl(letter) || NotInNames.Contains(letter, StringComparison.Ordinal))
                throw new WorkflowException($"The name '{name}' of the workflow {type} has the character '{letter}', which a state machine's name cannot have: use letters, digits, '-' and '_' in Name.");
        }
    }

    static void CheckTimes(Workflow workflow, FlowNode node, TimeSpan timeout)
    {
        var cut = node switch
        {
            WaitFlowNode { Delay: { } delay } when delay >= timeout => $"'{node}' takes {delay:c}",
            RepeatFlowNode { Rule.GiveUpAfter: { } end } when end > timeout => $"'{node}' gives up after {end:c}",
            CallbackFlowNode { Timeout: { } end } when end > timeout => $"'{node}' waits up to {end:c}",
            _ => null,
        };
        if (cut is not null) throw new WorkflowException(workflow.Timeout is null
            ? $"{cut}, but an execution ends after a year: choose a shorter time."
            : $"{cut}, but the workflow {workflow.Name} ends after {timeout:c}: give the workflow more time (override Timeout), or choose a shorter time.");
        foreach (var part in node.Parts) CheckTimes(workflow, part, timeout);
    }
}
