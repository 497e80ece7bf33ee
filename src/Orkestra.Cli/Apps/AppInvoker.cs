using System.Collections.Concurrent;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

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

    /// <summary>The workflows of an assembly.</summary>
    internal StepProgram ProgramOf(string assembly) => programs.GetOrAdd(Path.GetFullPath(assembly), static path => new StepProgram(path));

    /// <summary>Wires a function to a step.</summary>
    internal void Add(string function, AppFunction place) => functions[function] = place;

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (FunctionOf(invocation) is not var (function, payload) || !functions.TryGetValue(function, out var place)) return TaskOutcome.Unhandled;
        try
        {
            var (workflow, step) = ProgramOf(place.Assembly).Find(place.Step);
            return await new StepInvoker(workflow, options).CallAsync(step, invocation, payload).ConfigureAwait(false);
        }
        catch (ToolException problem)
        {
            return TaskOutcome.Failure(ErrorNames.Runtime, problem.Message);
        }
    }

    // arn:aws:lambda:region:account:function:name[:qualifier], name[:qualifier], or the name alone.
    static (string Function, JsonValue Payload)? FunctionOf(TaskInvocation invocation)
    {
        var resource = invocation.Resource;
        var isArn = resource.Kind == TaskResourceKind.LambdaFunction;
        var named = isArn ? resource.Text : resource.IsLambdaInvoke ? (invocation.Input["FunctionName"] as JsonString)?.Value : null;
        if (named is null) return null;
        var parts = named.Split(':');
        var at = Array.IndexOf(parts, "function");
        var name = at < 0 ? parts[0] : parts.ElementAtOrDefault(at + 1) ?? "";
        return (name, isArn ? invocation.Input : invocation.Input["Payload"] ?? JsonValue.Null);
    }
}
