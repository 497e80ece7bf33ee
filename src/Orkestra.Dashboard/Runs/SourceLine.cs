using Orkestra.Authoring;
using Orkestra.Dashboard.Pages;
using Orkestra.Hosting;

namespace Orkestra.Dashboard.Runs;

/// <summary>Where a state was written in C#.</summary>
/// <param name="File">The source file, as the compiler saw it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Code">The text of this line and those around it, when this machine has the file as it was built; empty otherwise.</param>
internal sealed record SourceLine(string File, int Line, IReadOnlyList<(int Number, string Text)> Code)
{
    const int Before = 1;
    const int After = 6;
    const long LargestFile = 1 << 20;

    /// <summary>The line the step of a state was written in; null when the state calls none of its workflow's steps.</summary>
    internal static SourceLine? Of(DashboardServices services, RegisteredStateMachine machine, string state) =>
        InputField.DefinitionOf(machine) is { } registered ? Of(registered, registered.Workflow.GetType().Assembly.Location, state)
        : services.FindWorkflow?.Invoke(machine.Identity.Name) is { } found ? Of(found.Definition, found.AssemblyPath, state)
        : null;

    static SourceLine? Of(WorkflowDefinition definition, string assembly, string state) => definition.StepsByState.TryGetValue(state, out var step) && step.SourceFile.Length > 0
        ? new SourceLine(step.SourceFile, step.SourceLine, CodeOf(step, assembly)) : null;

    /// <summary>The file without its folders, and the line.</summary>
    internal string Name => $"{File[(File.LastIndexOfAny(['/', '\\']) + 1)..]}:{Line}";

    static IReadOnlyList<(int Number, string Text)> CodeOf(IStep step, string assembly)
    {
        try
        {
            var file = new FileInfo(step.SourceFile);
            // A file that changed after the build would show another place.
            if (!file.Exists || file.Length > LargestFile || assembly.Length == 0 || file.LastWriteTimeUtc > System.IO.File.GetLastWriteTimeUtc(assembly)) return [];
            var first = Math.Max(1, step.SourceLine - Before);
            return [.. System.IO.File.ReadLines(file.FullName).Skip(first - 1).Take(Before + 1 + After).Select((text, i) => (first + i, text))];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [];
        }
    }
}
