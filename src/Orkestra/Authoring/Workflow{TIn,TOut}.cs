using System.Diagnostics.CodeAnalysis;
using Orkestra.Authoring.Nodes;
using Orkestra.Authoring.Payloads;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>Steps composed to something that can be run here and deployed.</summary>
/// <typeparam name="TIn">The payload a run begins with; <see cref="Nothing"/> when it needs none.</typeparam>
/// <typeparam name="TOut">The payload a run ends with.</typeparam>
public abstract class Workflow<TIn, TOut> : Workflow
{
    /// <inheritdoc/>
    public sealed override Type InputType => typeof(TIn);

    /// <inheritdoc/>
    public sealed override Type OutputType => typeof(TOut);

    /// <summary>Composes the workflow. It is called once and must only compose: anything it reads from elsewhere becomes a constant of the document.</summary>
    public abstract Flow<TIn, TOut> Define();

    /// <summary>
    /// This workflow as a step of another one, which waits for its end: <c>Check >> new Billing().AsStep() >> Ship</c>. It runs as an execution of its own, so that it can be longer than one history. Its output is the output of the
    /// step, and its error is the error of the step. A workflow may contain itself, as in <c>this.AsStep()</c>, behind a condition.
    /// </summary>
    public Flow<TIn, TOut> AsStep() => new(new NestedFlowNode(this, waits: true));

    /// <summary>This workflow as a step of another one, which starts it and goes on. The output is the ARN of the execution.</summary>
    public Flow<TIn, string> AsDetachedStep() => new(new NestedFlowNode(this, waits: false));

    /// <inheritdoc/>
    public sealed override void CheckInput(JsonValue input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var definition = Compile();
        if (input.IsNull && !TolerantReaders && InputContract.RefusesNull(GetType()))
            throw new PayloadException($"The input is null, and {Name} takes {TypeName.Of(typeof(TIn))}: give it a value, or declare the workflow with {TypeName.Of(typeof(TIn))}?.");
        InputContract.Check(input, typeof(TIn), definition.Serializer, TolerantReaders, () => definition.InputReads);
    }

    // A deployed function composes the workflow too, to find its step. The compiler leaves it to reflection to find the operators of decimal in expressions, and trimming would remove them.
    [DynamicDependency("op_Addition", typeof(decimal))]
    [DynamicDependency("op_Subtraction", typeof(decimal))]
    [DynamicDependency("op_Multiply", typeof(decimal))]
    [DynamicDependency("op_Division", typeof(decimal))]
    [DynamicDependency("op_Modulus", typeof(decimal))]
    [DynamicDependency("op_UnaryNegation", typeof(decimal))]
    [DynamicDependency("op_UnaryPlus", typeof(decimal))]
    [DynamicDependency("op_Equality", typeof(decimal))]
    [DynamicDependency("op_Inequality", typeof(decimal))]
    [DynamicDependency("op_LessThan", typeof(decimal))]
    [DynamicDependency("op_LessThanOrEqual", typeof(decimal))]
    [DynamicDependency("op_GreaterThan", typeof(decimal))]
    [DynamicDependency("op_GreaterThanOrEqual", typeof(decimal))]
    [DynamicDependency("op_Implicit", typeof(decimal))]
    [DynamicDependency("op_Explicit", typeof(decimal))]
    internal sealed override FlowNode DefineNode() =>
        Define() is { } flow ? FlowOperations.NodeOf(flow) : throw new WorkflowException($"{Name}.Define() gives null: return a flow of at least one step.");
}
