using Orkestra.Deployment.Packaging;

namespace Orkestra.Deployment.Descriptions;

/// <summary>A step of a described workflow.</summary>
/// <param name="Step">What it is called.</param>
/// <param name="IsWorker">Whether a worker does it instead of a function.</param>
internal sealed record StepDescription(ProgramStep Step, bool IsWorker)
{
    public string? Description { get; init; }

    /// <summary>In MiB; null for the default.</summary>
    public int? Memory { get; init; }

    public TimeSpan? Timeout { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
