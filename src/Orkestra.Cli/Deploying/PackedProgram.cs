using Orkestra.Deployment.Packaging;
using Orkestra.Deployment.Templates;

namespace Orkestra.Cli.Deploying;

/// <summary>A published program in its package.</summary>
/// <param name="Title">What messages call it.</param>
/// <param name="Program">What functions run.</param>
/// <param name="Manifest">What it says that it holds; null when it cannot be started on this machine.</param>
internal sealed record PackedProgram(string Title, TemplateProgram Program, ProgramManifest? Manifest);
