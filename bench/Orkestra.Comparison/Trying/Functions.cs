using System.Reflection;
using System.Text.Json;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Comparison.Trying;

/// <summary>Calls the handlers of compiled functions as Lambda does: JSON in, JSON out, an exception becomes the name of its type and a message.</summary>
internal sealed class Functions(Assembly assembly) : ITaskInvoker
{
    static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { AllowOutOfOrderMetadataProperties = true };

    readonly Type handlers = assembly.GetType("OrderFunctions", throwOnError: true)!;
    readonly ITaskInvoker services = (ITaskInvoker)Activator.CreateInstance(assembly.GetType("FakeServices", throwOnError: true)!)!;

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var resource = invocation.Resource;
        if (resource.Kind == TaskResourceKind.LambdaFunction) return Call(resource.Action, invocation.Input);
        if (!resource.IsLambdaInvoke) return await services.InvokeAsync(invocation).ConfigureAwait(false);
        var outcome = Call(((JsonString)invocation.Input["FunctionName"]!).Value, invocation.Input["Payload"] ?? JsonValue.Null);
        // With a token, the answer comes from someone else.
        return resource.Pattern == TaskPattern.WaitForTaskToken && outcome.IsSuccess ? TaskOutcome.Unhandled : outcome;
    }

    TaskOutcome Call(string arn, JsonValue payload)
    {
        var name = arn[(arn.LastIndexOf(':') + 1)..];
        var method = handlers.GetMethod(name) ?? throw new InvalidOperationException($"There is no function {name}.");
        try
        {
            var argument = JsonSerializer.Deserialize(payload.ToJson(), method.GetParameters()[0].ParameterType, Options);
            var result = method.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [argument], null);
            return TaskOutcome.Payload(result is null ? JsonValue.Null : JsonValue.Parse(JsonSerializer.Serialize(result, result.GetType(), Options)));
        }
#pragma warning disable CA1031 // Whatever a function throws is the error of its call.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return TaskOutcome.FunctionError(exception);
        }
    }
}
