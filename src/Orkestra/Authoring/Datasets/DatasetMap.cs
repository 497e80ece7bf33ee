using System.Linq.Expressions;
using Orkestra.Authoring.Nodes;

namespace Orkestra.Authoring.Datasets;

/// <summary>A flow for each item of a dataset. As it is, it gives the outputs of all children in the order of the items; they must fit into 256 KiB together.</summary>
/// <typeparam name="TIn">The payload.</typeparam>
/// <typeparam name="TOut">What the flow gives for an item or a batch.</typeparam>
public sealed class DatasetMap<TIn, TOut> : Flow<TIn, TOut[]>
{
    readonly MapFlowNode node;

    internal DatasetMap(MapFlowNode node)
        : base(node) => this.node = node;

    /// <summary>Writes the results to a bucket instead, however many they are, and goes on with where they are.</summary>
    /// <param name="bucket">A C# expression over the payload for the bucket's name, which may be a placeholder.</param>
    /// <param name="prefix">A C# expression for what the keys of the files begin with; nothing when null.</param>
    /// <param name="content">What the files hold; how each child execution ended by default.</param>
    /// <param name="lines">Whether the files are JSON Lines instead of JSON arrays; false by default.</param>
    public Flow<TIn, MapRunResult> WriteTo(
        Expression<Func<TIn, string>> bucket, Expression<Func<TIn, string>>? prefix = null, ResultContent content = ResultContent.Executions, bool lines = false)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        var transformation = content switch
        {
            ResultContent.Executions => "NONE",
            ResultContent.Outputs => "COMPACT",
            ResultContent.FlattenedOutputs => "FLATTEN",
            _ => throw new ArgumentOutOfRangeException(nameof(content), content, null),
        };
        return new(new MapFlowNode(node.Body, node.MaxConcurrency, node.Distributed)
        {
            Dataset = node.Dataset! with { Results = new MapResults(bucket, prefix, transformation, lines ? "JSONL" : "JSON") },
        });
    }
}

/// <summary>What the result files of a distributed Map hold for each child execution that succeeded.</summary>
public enum ResultContent
{
    /// <summary>Everything that is known about it, a <see cref="ChildExecution{TIn, TOut}"/>.</summary>
    Executions,

    /// <summary>Its output.</summary>
    Outputs,

    /// <summary>The elements of its output, where that is an array.</summary>
    FlattenedOutputs,
}
