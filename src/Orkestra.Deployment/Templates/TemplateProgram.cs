namespace Orkestra.Deployment.Templates;

/// <summary>The program that the functions of a template run.</summary>
/// <param name="AssemblyName">The main assembly, for the managed runtime; null for an executable <c>bootstrap</c>.</param>
/// <param name="IsArm">Whether the functions are for arm64; otherwise for x86_64.</param>
/// <param name="Hash">Equal for equal packages, so that functions get a new version when the package is another one.</param>
internal sealed record TemplateProgram(string? AssemblyName, bool IsArm, string Hash);
