using Orkestra.Asl;
using Orkestra.Deployment.Packaging;

namespace Orkestra.Deployment.Descriptions;

/// <summary>What a program says of one of its workflows.</summary>
/// <param name="Workflow">What it is called.</param>
internal sealed record WorkflowDescription(ProgramWorkflow Workflow)
{
    readonly Lazy<StateMachine>? document;

    public string Name => Workflow.Name;

    public bool Observability { get; init; }

    /// <summary>Whether it starts executions of itself.</summary>
    public bool StartsItself { get; init; }

    /// <summary>Whether it is one of the workflows around it, so that the two start each other. Nothing else is known of it here.</summary>
    public bool IsAround { get; init; }

    /// <summary>The document, byte for byte what the program runs, with <c>${Step}</c> for each function.</summary>
    public string Definition
    {
        get;
        init
        {
            field = value;
            document = new(() => AslReader.Parse(value));
        }
    } = "";

    public StateMachine Document => document!.Value;

    /// <summary>The steps in the order they are written.</summary>
    public IReadOnlyList<StepDescription> Steps { get; init; } = [];

    /// <summary>The workflows it starts, by the names that stand for their ARNs.</summary>
    public IReadOnlyDictionary<string, WorkflowDescription> Workflows { get; init; } = new Dictionary<string, WorkflowDescription>();
}
