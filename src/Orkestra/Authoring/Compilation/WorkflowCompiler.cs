using Orkestra.Asl;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes a document of a workflow.</summary>
internal static class WorkflowCompiler
{
    public static WorkflowDefinition Compile(Workflow workflow)
    {
        var root = workflow.DefineNode();
        var serializer = workflow.MakeSerializer();
        var steps = StepNames.Collect(root);
        foreach (var step in steps.Values) PayloadContract.Check(step, serializer);
        PayloadContract.Check(workflow, serializer);
        var compiler = new FlowCompiler(new StateNames(steps.Values.Select(step => step.Name)), serializer);
        var graph = compiler.Graph(root)
            ?? throw new WorkflowException($"The workflow {workflow.Name} is empty: its Define() returns a flow without any step. Compose at least one.");
        var document = new StateMachine
        {
            Comment = workflow.Description,
            QueryLanguage = QueryLanguage.JSONata,
            StartAt = graph.StartAt,
            States = graph.States,
            TimeoutSeconds = workflow.Timeout is { } timeout ? Seconds.Of(timeout, $"The timeout of the workflow {workflow.Name}") : null,
        };
        return new WorkflowDefinition(workflow, document, serializer, steps, compiler.StepsByState);
    }
}
