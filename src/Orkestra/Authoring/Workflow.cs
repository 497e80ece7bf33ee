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

    /// <summary>The workflow's name, which is the identity of its deployed state machine: the class name by default.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>A text for people, which becomes the document's comment; none by default.</summary>
    public virtual string? Description => null;

    /// <summary>How long a whole run may take, in whole seconds; as long as the service allows by default.</summary>
    public virtual TimeSpan? Timeout => null;

    /// <summary>
    /// Whether the steps tell of themselves, here and in the cloud: logs as JSON, metrics and traces. False by default; each part has a switch of its own where the
    /// workflow is run.
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

    /// <summary>The Amazon States Language document of this workflow, and the steps it calls. Compiled once, then kept.</summary>
    /// <exception cref="WorkflowException">The workflow is not defined well.</exception>
    public WorkflowDefinition Compile() => compiled ??= WorkflowCompiler.Compile(this);

    /// <summary>Refuses an input that a run could not begin with.</summary>
    /// <exception cref="PayloadException">The input does not fit <see cref="InputType"/>.</exception>
    /// <exception cref="WorkflowException">The workflow is not defined well.</exception>
    public abstract void CheckInput(JsonValue input);

    internal abstract FlowNode DefineNode();

    internal PayloadSerializer MakeSerializer() => JsonOptions is { } options ? new PayloadSerializer(options) : PayloadSerializer.Default;
}
