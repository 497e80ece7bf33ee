using Orkestra.Authoring;

namespace Orkestra.Deployment.Packaging;

/// <summary>A step as a program names it.</summary>
/// <param name="Name">The step's name.</param>
/// <param name="Function">The name of its function.</param>
/// <param name="File">The source file it is defined in, without a folder.</param>
/// <param name="Input">The type it takes, as C# writes it.</param>
/// <param name="Output">The type it gives.</param>
internal sealed record ProgramStep(string Name, string Function, string File, string Input, string Output)
{
    public static ProgramStep Of(IStep step) =>
        new(step.Name, step.FunctionName, Path.GetFileName(step.SourceFile.Replace('\\', '/')), TypeName.Of(step.InputType), TypeName.Of(step.OutputType));
}
