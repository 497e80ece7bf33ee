using System.Buffers;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;
using Orkestra.Authoring.Functions;
using Orkestra.Expressions.Data;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda;

/// <summary>A step as a function: payload in, payload out, through the same code as a run in this process.</summary>
internal sealed class StepFunction(FunctionStep function, IServiceProvider? services, ILogger logger, TimeProvider time) : IFunction, IAsyncDisposable
{
    public string Name => function.Step.Name;

    public FunctionError ErrorOf(Exception exception) => function.ErrorOf(exception);

    public async ValueTask InvokeAsync(FunctionContext context, ArrayBufferWriter<byte> output)
    {
        JsonValue payload;
        try
        {
            payload = Utf8Payload.Parse(context.Payload.Span);
        }
        catch (JsonFormatException exception)
        {
            throw new PayloadException($"Step '{Name}' cannot read its input. It is not JSON: {exception.Message}", exception);
        }

        var caller = CallerContext.Read(context.Invocation);
        var result = await function.Step.InvokeAsync(payload, function.Serializer, new StepContext
        {
            StepName = Name,
            ExecutionId = caller.ExecutionId ?? "",
            Attempt = caller.Attempt ?? 1,
            TaskToken = caller.TaskToken,
            IdempotencyKey = caller.IdempotencyKey ?? context.Invocation.RequestId,
            Deadline = context.Invocation.Deadline,
            CancellationToken = context.CancellationToken,
            Services = services!, // Null leaves the context its defaults.
            Logger = logger,
            TimeProvider = time,
        });
        JsonWriter.Write(result, output);
    }
    public async ValueTask DisposeAsync()
    {
        if (services is IAsyncDisposable container)
            await container.DisposeAsync();
    }
}
