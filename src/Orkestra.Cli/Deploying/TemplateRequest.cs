using Orkestra.Deployment.Templates;

namespace Orkestra.Cli.Deploying;

/// <summary>What <c>orkestra template</c> is asked for.</summary>
/// <param name="Project">The project, or its folder.</param>
/// <param name="Output">The folder that receives what is made.</param>
internal sealed record TemplateRequest(string Project, string Output)
{
    /// <summary>The names of the workflows; all when empty.</summary>
    public IReadOnlyList<string> Workflows { get; init; } = [];

    public bool IsNative { get; init; }

    /// <summary>Whether the functions are for arm64; null for what the program says.</summary>
    public bool? IsArm { get; init; }

    /// <summary>A folder with the published program; null for publishing it.</summary>
    public string? Functions { get; init; }

    public string Configuration { get; init; } = "Release";

    /// <summary>Whether the program is taken as it was built last.</summary>
    public bool IsBuilt { get; init; }

    public bool HasPackage { get; init; } = true;

    public bool IsJson { get; init; }

    public TemplateOptions Options { get; init; } = new();
}
