using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Dashboard;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Integrations;

namespace Orkestra.Cli.Apps;

/// <summary>
/// Handles the tasks of loaded apps whose functions are steps of .NET assemblies, in this process: functions of a template, and steps of workflows that were loaded from an
/// assembly. Others are left to the next invoker. Safe to use from any thread.
/// </summary>
internal sealed class AppInvoker : ITaskInvoker
{
    readonly ConcurrentDictionary<string, StepProgram> programs = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, AppFunction> functions = new(StringComparer.Ordinal);
    readonly OrkestraOptions options = new();

    // One for each workflow, as its worker threads are bounded together; weak, so that a rebuilt assembly can be unloaded.
    readonly ConditionalWeakTable<WorkflowDefinition, StepInvoker> invokers = [];

    /// <summary>The workflows of an assembly.</summary>
    internal StepProgram ProgramOf(string assembly) => programs.GetOrAdd(Path.GetFullPath(assembly), static path => new StepProgram(path));

    /// <summary>The workflow with a name among those of the assemblies that are loaded, with the path of its assembly; null for none.</summary>
    internal CompiledWorkflow? FindWorkflow(string name)
    {
        foreach (var (assembly, program) in programs)
        {
            try
            {
                if (program.Workflows.FirstOrDefault(workflow => workflow.Workflow.Name == name) is { } found) return new CompiledWorkflow(found, assembly);
            }
            catch (ToolException)
            {
                // It is being built, or broken: a run says so when it calls a step.
            }
        }

        return null;
    }

    /// <summary>Wires a function to a step.</summary>
    internal void Add(string function, AppFunction place) => functions[function] = place;

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (FunctionOf(invocation) is not var (function, payload) || !functions.TryGetValue(function, out var place)) return TaskOutcome.Unhandled;
        try
        {
            var (workflow, step) = ProgramOf(place.Assembly).Find(place.Step);
            return await invokers.GetValue(workflow, definition => new StepInvoker(definition, options)).CallAsync(step, invocation, payload).ConfigureAwait(false);
        }
        catch (ToolException problem)
        {
            return TaskOutcome.Failure(ErrorNames.Runtime, problem.Message);
        }
    }

    static (string Function, JsonValue Payload)? FunctionOf(TaskInvocation invocation)
    {
        var resource = invocation.Resource;
        var isArn = resource.Kind == TaskResourceKind.LambdaFunction;
        var named = isArn ? resource.Text : resource.IsLambdaInvoke ? (invocation.Input["FunctionName"] as JsonString)?.Value : null;
        if (named is null) return null;
        return (FunctionName.Parse(named).Name, isArn ? invocation.Input : invocation.Input["Payload"] ?? JsonValue.Null);
    }
}
