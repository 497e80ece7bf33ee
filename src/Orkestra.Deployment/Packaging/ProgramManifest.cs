using System.Text.Json;
using Orkestra.Authoring;

namespace Orkestra.Deployment.Packaging;

/// <summary>The functions that a published program says it holds: the JSON that Orkestra.Lambda writes where <c>ORKESTRA_MANIFEST</c> names a file.</summary>
internal sealed class ProgramManifest
{
    /// <summary>The file beside a program that cannot be started where it is deployed from.</summary>
    public const string FileName = "orkestra-manifest.json";

    const int MostNames = 20;

    readonly string program;
    readonly List<Function> functions = [];

    ProgramManifest(string program) => this.program = program;

    /// <summary>Reads a manifest.</summary>
    /// <param name="program">What messages call the program.</param>
    /// <param name="text">The manifest.</param>
    /// <exception cref="DeploymentException">It is not a manifest.</exception>
    public static ProgramManifest Read(string program, byte[] text)
    {
        try
        {
            var manifest = new ProgramManifest(program);
            using var json = JsonDocument.Parse(text);
            foreach (var function in json.RootElement.GetProperty("functions").EnumerateArray())
            {
                manifest.functions.Add(new(
                    Text(function, "workflow"), Text(function, "step"), Text(function, "file"), Text(function, "input"), Text(function, "output"), Text(function, "problem")));
            }

            return manifest;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new DeploymentException($"The manifest of the program {program} cannot be read ({exception.Message.TrimEnd('.')}): let the program write it again, with the variable ORKESTRA_MANIFEST.", exception);
        }
    }

    /// <summary>Refuses a function of a CDK app that could not start.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="workflow">The workflow by which the program is asked for the step; null for a step by its own name.</param>
    /// <exception cref="DeploymentException">The program does not hold the step, or cannot run it.</exception>
    public void Check(IStep step, Workflow? workflow) =>
        Check(ProgramStep.Of(step), workflow is null ? null : new ProgramWorkflow(workflow.Name, TypeName.Of(workflow.GetType())), ", or name the project that runs it with UseFunctions");

    /// <summary>Refuses a function that could not start.</summary>
    /// <param name="step">Its step.</param>
    /// <param name="workflow">The workflow by which the program is asked for the step; null for a step by its own name.</param>
    /// <param name="otherwise">What can be done instead of adding a workflow to the program, as the end of a sentence.</param>
    /// <exception cref="DeploymentException">The program does not hold the step, or cannot run it.</exception>
    public void Check(ProgramStep step, ProgramWorkflow? workflow, string otherwise = "")
    {
        var name = step.Function;
        List<Function> found = [.. functions.Where(function => function.Step == name && (workflow is null || function.Workflow == workflow.Name))];
        if (found.Count == 0) throw Missing(step, workflow, otherwise);
        if (found.Find(function => function.IsSameAs(step)) is not { } own)
        {
            throw new DeploymentException(
                $"The program {program} has another step '{name}', of {found[0].File} ({found[0].Input} to {found[0].Output}), than the one deployed, of {step.File} ({step.Input} to "
                + $"{step.Output}): give one of them another name, or publish the program again.");
        }

        if (found.Find(function => !function.IsSameAs(step)) is { } other)
        {
            throw new DeploymentException(
                $"The program {program} has several steps '{name}', of {own.Owner} and of {other.Owner}, so its function would not know which to run: give one of them another name.");
        }

        if (own.Problem is { } problem) throw new DeploymentException($"The function of '{own.Title}' could not start in the program {program}: {problem}");
    }

    DeploymentException Missing(ProgramStep step, ProgramWorkflow? workflow, string otherwise)
    {
        if (workflow is null)
        {
            return new($"The program {program} has no step '{step.Name}' of {step.File}, so its function could not start: it has {Names(functions.Select(function => function.Title))}. "
                + "Define the step in the program's project and add it there: OrkestraLambda.RunAsync(options => options.Add(…)).");
        }

        if (functions.Find(function => function.Workflow == workflow.Name && function.Problem is not null) is { } broken)
            return new($"The functions of {workflow.Name} could not start in the program {program}: {broken.Problem}");
        if (functions.Exists(function => function.Workflow == workflow.Name))
            return new($"The program {program} has {workflow.Name} without the step '{step.Name}', so its function could not start: it is an older one, publish it again.");
        var workflows = functions.Select(function => function.Workflow).OfType<string>().Distinct().ToList();
        return new($"The program {program} does not run {workflow.Name}, so the function of its step '{step.Name}' could not start: {(workflows.Count > 0 ? $"it runs {Names(workflows)}" : "it runs no workflow")}. "
            + $"Add it in its Program.cs, as in 'return await OrkestraHost.RunAsync(args, [{string.Concat(workflows.Take(1).Select(other => $"new {other}(), "))}new {workflow.Type}()]);'{otherwise}.");
    }

    static string Names(IEnumerable<string> names)
    {
        List<string> all = [.. names];
        return all.Count switch
        {
            0 => "none",
            <= MostNames => string.Join(", ", all),
            _ => $"{string.Join(", ", all.Take(MostNames))} and {all.Count - MostNames} more",
        };
    }

    static string? Text(JsonElement function, string name) => function.TryGetProperty(name, out var value) ? value.GetString() : null;

    sealed record Function(string? Workflow, string? Step, string? File, string? Input, string? Output, string? Problem)
    {
        public string Title => Workflow is null ? Step ?? "" : $"{Workflow}.{Step}";

        public string Owner => Workflow ?? File ?? "no workflow";

        // A program may hold one step in several workflows.
        public bool IsSameAs(ProgramStep step) => File == step.File && Input == step.Input && Output == step.Output;
    }
}
