using System.Text.Json;
using Orkestra.Authoring.Compilation;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;

namespace Orkestra.Authoring.Functions;

/// <summary>
/// A step that a host runs by itself, as a Lambda function does: with how its payloads are read and how its exceptions become errors, and without the document of its workflow, which
/// is not compiled. Safe to use from any thread.
/// </summary>
public sealed class FunctionStep
{
    readonly bool isPartial;
    ExceptionNames? exceptions;

    /// <summary>A step that belongs to no workflow.</summary>
    /// <param name="step">The step.</param>
    /// <param name="options">How its payloads are read and written; web defaults (camel case) when null, which needs reflection.</param>
    public FunctionStep(IStep step, JsonSerializerOptions? options = null)
        : this(step, null, options is null ? PayloadSerializer.Default : new PayloadSerializer(options), false) => ArgumentNullException.ThrowIfNull(step);

    FunctionStep(IStep step, Workflow? workflow, PayloadSerializer serializer, bool isPartial)
    {
        (Step, Workflow, Serializer) = (step, workflow, serializer);
        this.isPartial = isPartial;
    }

    /// <summary>The step.</summary>
    public IStep Step { get; }

    /// <summary>The workflow it belongs to; null for none.</summary>
    public Workflow? Workflow { get; }

    /// <summary>How its payloads are read and written.</summary>
    public PayloadSerializer Serializer { get; }

    /// <summary>Whether the step can reach services. If not, a host need not make its container.</summary>
    public bool UsesServices => Step.Metadata.UsesServices;

    /// <summary>Finds a step of a workflow. Expressions of the workflow are taken apart only if the step is in one of them, so this is quick.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="name">The name of the step, or of its function.</param>
    /// <param name="options">How its payloads are read and written; as the workflow says when null.</param>
    /// <returns>The step; null if the workflow has none with this name.</returns>
    /// <exception cref="WorkflowException">The workflow cannot be composed.</exception>
    public static FunctionStep? Find(Workflow workflow, string name, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(name);
        return StepSearch.Find(workflow, name, out var isPartial) is { } step ? new FunctionStep(step, workflow, SerializerOf(workflow, options), isPartial) : null;
    }

    /// <summary>All steps of a workflow, each once, in the order they are written.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <param name="options">How their payloads are read and written; as the workflow says when null.</param>
    /// <exception cref="WorkflowException">The workflow cannot be composed, or a name of a step is not valid.</exception>
    public static IReadOnlyList<FunctionStep> All(Workflow workflow, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        var steps = StepNames.Collect(workflow.DefineNode());
        var serializer = SerializerOf(workflow, options);
        return [.. steps.Values.Select(step => new FunctionStep(step, workflow, serializer, false))];
    }

    /// <summary>The workflows that a workflow starts (<see cref="Workflow{TIn, TOut}.AsStep"/>), at any depth, each type once and without itself.</summary>
    /// <param name="workflow">The workflow.</param>
    /// <exception cref="WorkflowException">A workflow cannot be composed.</exception>
    public static IReadOnlyList<Workflow> StartedBy(Workflow workflow)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        List<Workflow> found = [];
        HashSet<Type> known = [workflow.GetType()];
        var pending = new Stack<FlowNode>([workflow.DefineNode()]);
        while (pending.TryPop(out var node))
        {
            if (node is NestedFlowNode { Workflow: var started } && known.Add(started.GetType()))
            {
                found.Add(started);
                pending.Push(started.DefineNode());
            }

            foreach (var part in node.Parts) pending.Push(part);
        }

        return found;
    }

    /// <summary>Whether a function has this name: that of the step, or of its function.</summary>
    /// <param name="name">The name.</param>
    public bool IsNamed(string name) => StepSearch.IsNamed(Step, name);

    /// <summary>Whether both run the same code, as one step does that several workflows use.</summary>
    /// <param name="other">The other one.</param>
    public bool IsSameFunctionAs(FunctionStep other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Step.SameFunctionAs(other.Step);
    }

    /// <summary>Refuses payloads that have no JSON form, before the first one arrives.</summary>
    /// <exception cref="WorkflowException">One has none. The message says which, and why.</exception>
    public void CheckPayloads()
    {
        try
        {
            PayloadContract.Check(Step, Serializer);
        }
        catch (WorkflowException) when (isPartial)
        {
            // Composing all of it makes further types known.
            Workflow!.DefineNode();
            PayloadContract.Check(Step, Serializer);
        }
    }

    /// <summary>The error that an exception of the step is for its workflow. The workflow is composed for it once.</summary>
    /// <param name="exception">What the step threw.</param>
    public FunctionError ErrorOf(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return FunctionError.Of(exception, exceptions ??= FindExceptions());
    }

    static PayloadSerializer SerializerOf(Workflow workflow, JsonSerializerOptions? options) => options is null ? workflow.MakeSerializer() : new PayloadSerializer(options);

    ExceptionNames FindExceptions()
    {
        try
        {
            return Workflow is null ? ExceptionNames.None : ExceptionNames.Of(Workflow.DefineNode(), Serializer);
        }
#pragma warning disable CA1031 // What the workflow's own code throws now must not hide what the step threw.
        catch (Exception)
#pragma warning restore CA1031
        {
            return ExceptionNames.None;
        }
    }
}
