using System.Text.Json;
using Orkestra.Authoring.Compilation;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>A workflow without its types. Derive from <see cref="Workflow{TIn, TOut}"/>.</summary>
public abstract partial class Workflow
{
    WorkflowDefinition? compiled;

    private protected Workflow()
    {
    }

    /// <summary>The workflow's name, which is the identity of its deployed state machine: the class name by default, followed by
    /// the names of type arguments (<c>ImportOrder</c> for <c>Import&lt;Order&gt;</c>).</summary>
    public virtual string Name => PlainName(GetType());

    /// <summary>A text for people, which becomes the document's comment; none by default.</summary>
    public virtual string? Description => null;

    /// <summary>How long a whole run may take, in whole seconds; as long as the service allows by default.</summary>
    public virtual TimeSpan? Timeout => null;

    /// <summary>
    /// Whether steps emit telemetry, locally and in the cloud: JSON logs, metrics and traces. The default is false. Each kind can also be switched on or off where
    /// the workflow runs.
    /// </summary>
    public virtual bool Observability => false;

    /// <summary>The payload a run begins with.</summary>
    public abstract Type InputType { get; }

    /// <summary>The payload a run ends with.</summary>
    public abstract Type OutputType { get; }

    /// <summary>
    /// How payloads are written as JSON. Web defaults (camel case) when null, which needs reflection; under Native AOT give the options of a source-generated context
    /// that knows the steps' types, <c>MyContext.Default.Options</c>.
    /// </summary>
    protected virtual JsonSerializerOptions? JsonOptions => null;

    /// <summary>
    /// Whether all steps of the workflow, and its input and output, accept payloads with additional or missing members. The default is false; a single step can set
    /// <see cref="Step{TIn, TOut}.TolerantReader"/>.
    /// </summary>
    protected internal virtual bool TolerantReaders => false;

    /// <summary>The Amazon States Language document of this workflow, and the steps it calls. Compiled once, then kept.</summary>
    /// <exception cref="WorkflowException">The workflow isn't valid. The message names the problem and the fix.</exception>
    public WorkflowDefinition Compile() => compiled ??= WorkflowCompiler.Compile(this);

    /// <summary>
    /// Checks an input before a run starts with it. Unlike the steps of a run, it also rejects members that <see cref="InputType"/> doesn't have, which are mostly misspelled, and
    /// missing members for which the type has no default or which an expression reads before a step does, unless <see cref="TolerantReaders"/> is set.
    /// </summary>
    /// <exception cref="PayloadException">The input does not fit <see cref="InputType"/>. The message names the member.</exception>
    /// <exception cref="WorkflowException">The workflow isn't valid. The message names the problem and the fix.</exception>
    public abstract void CheckInput(JsonValue input);

    /// <summary>
    /// Groups a chain so that what follows applies to all of it: <c>Try(a &gt;&gt; b &gt;&gt; c).Catch&lt;IOException&gt;(handler)</c> guards all three steps, while
    /// <c>a &gt;&gt; b &gt;&gt; c.Catch&lt;IOException&gt;(handler)</c> guards only <c>c</c>. Compensations (<see cref="RecoveryOperations"/>) and <see cref="Flow.Succeed{TIn, TOut}"/> inside belong to this chain.
    /// </summary>
    /// <param name="flow">The chain.</param>
    public static Flow<TIn, TOut> Try<TIn, TOut>(IFlow<TIn, TOut> flow)
    {
        var node = FlowOperations.NodeOf(flow);
        return new(ChainEnds.BelongToIt(node) ? FlowCompiler.Alone(node) : node);
    }

    internal abstract FlowNode DefineNode();

    static string PlainName(Type type)
    {
        if (type.IsArray) return $"{PlainName(type.GetElementType()!)}Array";
        if (!type.IsConstructedGenericType) return type.Name;
        var tick = type.Name.IndexOf('`', StringComparison.Ordinal);
        return string.Concat([tick < 0 ? type.Name : type.Name.StartsWith('<') ? "Anonymous" : type.Name[..tick], .. type.GetGenericArguments().Select(PlainName)]);
    }

    internal PayloadSerializer MakeSerializer()
    {
        if (JsonOptions is not { } options) return PayloadSerializer.Default;
        if (options.ReferenceHandler is not null)
            throw new WorkflowException($"JsonOptions of {Name} sets ReferenceHandler: expressions and maps cannot read payloads with references. Remove it, and mark a member that leads back to its owner with [JsonIgnore].");
        if (options.DictionaryKeyPolicy is not null)
            throw new WorkflowException($"JsonOptions of {Name} sets DictionaryKeyPolicy: each step would change the keys of dictionaries, which are data. Remove it.");
        return new PayloadSerializer(options);
    }
}
