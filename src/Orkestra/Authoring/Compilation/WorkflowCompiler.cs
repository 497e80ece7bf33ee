using Orkestra.Asl;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes a document of a workflow.</summary>
internal static class WorkflowCompiler
{
    public static WorkflowDefinition Compile(Workflow workflow)
    {
        var root = workflow.DefineNode();
        var serializer = workflow.MakeSerializer();
        var flow = Compile(root, serializer, checkPayloads: false, workflow)
            ?? throw new WorkflowException($"The workflow {workflow.Name} is empty: its Define() returns a flow without any step. Compose at least one.");
        WorkflowLimits.Check(workflow, root);
        SelfStarts.Check(workflow, root);
        // The steps come first: a type that does not fit is named with the step that has it.
        PayloadContract.Check(workflow, serializer);
        if (!workflow.TolerantReaders) new PayloadEdges(serializer).Check(workflow, root);
        var document = flow.Document with
        {
            Comment = workflow.Description,
            TimeoutSeconds = workflow.Timeout is { } timeout ? Seconds.Of(timeout, $"The timeout of the workflow {workflow.Name}") : null,
        };
        return new WorkflowDefinition(workflow, document, serializer, flow.Steps, flow.StepsByState)
        {
            Sources = flow.Sources,
            SourcesByState = flow.SourcesByState,
            RepliesByState = flow.RepliesByState,
            Exceptions = flow.Exceptions,
            Workflows = flow.Workflows,
            StartsItself = flow.StartsItself,
        };
    }

    /// <summary>Compiles a flow alone; null when it has no state.</summary>
    public static CompiledFlow? Compile(FlowNode root, PayloadSerializer serializer, bool checkPayloads = true, Workflow? workflow = null)
    {
        var steps = StepNames.Collect(root);
        foreach (var step in steps.Values)
        {
            PayloadContract.Check(step, serializer);
            if (step.Metadata.RunsEachRecord)
                throw new WorkflowException($"The step '{step.Metadata.Name}' runs once for each record of an event (Envelope.….EachRecord), but a state machine doesn't deliver records. Remove EachRecord, or deploy the step as a function of its own.");
        }

        if (checkPayloads) new PayloadEdges(serializer).Check(root);
        var exceptions = ExceptionNames.Of(root, serializer);
        var compiler = new FlowCompiler(new StateNames(steps.Values.Select(step => step.Metadata.Name)), exceptions, serializer, workflow);
        if (compiler.Graph(root) is not { } graph) return null;
        var mixed = MixedLanguages.AreIn(graph.States);
        var document = new StateMachine
        {
            QueryLanguage = mixed ? QueryLanguage.JSONPath : QueryLanguage.JSONata,
            StartAt = graph.StartAt,
            States = mixed ? MixedLanguages.Name(graph.States) : graph.States,
        };
        foreach (var (name, nested) in compiler.Nested.Workflows)
        {
            if (steps.ContainsKey(name)) throw new WorkflowException($"The step '{name}' has the name of the workflow {TypeName.Of(nested.GetType())} that the flow starts: give the step another name with {{ Name = \"…\" }}.");
        }

        return new CompiledFlow(document, steps, compiler.StepsByState, compiler.Sources, exceptions)
        {
            SourcesByState = compiler.SourcesByState,
            RepliesByState = compiler.RepliesByState,
            Workflows = compiler.Nested.Workflows,
            StartsItself = compiler.Nested.StartsItself,
        };
    }
}
