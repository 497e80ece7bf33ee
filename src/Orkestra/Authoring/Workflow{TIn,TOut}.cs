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

    /// <summary>Composes the workflow. It is called once and must only compose: what it reads from elsewhere is fixed in the document.</summary>
    public abstract Flow<TIn, TOut> Define();

    /// <inheritdoc/>
    public sealed override void CheckInput(JsonValue input)
    {
        ArgumentNullException.ThrowIfNull(input);
        var serializer = Compile().Serializer;
        serializer.Deserialize<TIn>(input);
        if (!TolerantReaders && typeof(TIn) != typeof(Nothing) && InputContract.Problem(input, typeof(TIn), serializer.Options) is { } problem) throw new PayloadException(problem);
    }

    internal sealed override FlowNode DefineNode() =>
        Define() is { } flow ? FlowExtensions.NodeOf(flow) : throw new WorkflowException($"{Name}.Define() gives null: return a flow of at least one step.");
}
