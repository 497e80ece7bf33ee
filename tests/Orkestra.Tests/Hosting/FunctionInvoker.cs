using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Tests.Hosting;

/// <summary>Functions by name, for lambda:invoke and for function ARNs.</summary>
sealed class FunctionInvoker : ITaskInvoker
{
    readonly Dictionary<string, Func<JsonValue, TaskInvocation, ValueTask<TaskOutcome>>> functions = new(StringComparer.Ordinal);

    public List<TaskInvocation> Seen { get; } = [];

    public FunctionInvoker On(string name, Func<JsonValue, JsonValue> function)
    {
        functions[name] = (input, _) => new(TaskOutcome.Payload(function(input)));
        return this;
    }

    public FunctionInvoker OnAsync(string name, Func<JsonValue, TaskInvocation, Task<TaskOutcome>> function)
    {
        functions[name] = (input, invocation) => new(function(input, invocation));
        return this;
    }

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        lock (Seen) Seen.Add(invocation);
        var isInvoke = invocation.Resource.IsLambdaInvoke;
        var name = isInvoke ? ((JsonString)invocation.Input["FunctionName"]!).Value : invocation.Resource.Action;
        if (!functions.TryGetValue(name, out var function)) return new(TaskOutcome.Unhandled);
        return function(isInvoke ? invocation.Input["Payload"] ?? JsonValue.Null : invocation.Input, invocation);
    }
}
