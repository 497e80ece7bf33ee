namespace Orkestra.Deployment.Templates;

/// <summary>A schedule that starts a workflow.</summary>
/// <param name="Workflow">The workflow's name.</param>
/// <param name="Expression">When, as EventBridge writes it.</param>
internal sealed record TemplateSchedule(string Workflow, string Expression)
{
    /// <summary>The IANA time zone of the expression; null for UTC.</summary>
    public string? TimeZone { get; init; }

    /// <summary>The payload of each run as JSON; null for what the service passes.</summary>
    public string? Input { get; init; }
}
