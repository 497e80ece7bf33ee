using Orkestra.Deployment.Descriptions;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Deployment.Templates;

/// <summary>A state machine of a template.</summary>
/// <param name="Workflow">Its workflow.</param>
/// <param name="Id">The id of the state machine.</param>
/// <param name="IsExpress">Whether it is Express; otherwise it is Standard.</param>
internal sealed record MadeMachine(WorkflowDescription Workflow, string Id, bool IsExpress)
{
    public List<MadeFunction> Functions { get; } = [];

    /// <summary>What the placeholders of the definition stand for.</summary>
    public Dictionary<string, string> Substitutions { get; } = [];

    /// <summary>What its role is allowed.</summary>
    public List<Grant> Grants { get; } = [];

    /// <summary>What to start: the alias when there is one, else the state machine.</summary>
    public string StartArn { get; set; } = "";
}
