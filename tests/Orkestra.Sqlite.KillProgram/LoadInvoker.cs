using System.Threading.Channels;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Sqlite.KillProgram;

/// <summary>The functions of the load. Each call is noted before it is answered.</summary>
public sealed class LoadInvoker(Action<TaskInvocation>? called = null) : ITaskInvoker
{
    readonly Channel<string> tokens = Channel.CreateUnbounded<string>();

    /// <summary>The tokens of tasks that wait for their callback.</summary>
    public ChannelReader<string> Tokens => tokens.Reader;

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (invocation.Resource.Service != "lambda") return new(TaskOutcome.Unhandled);
        called?.Invoke(invocation);
        var payload = invocation.Input["Payload"] ?? JsonValue.Null;
        switch (((JsonString)invocation.Input["FunctionName"]!).Value)
        {
            case "slow":
                return SlowAsync(payload);
            case "flaky" when invocation.Attempt < 3:
                return new(TaskOutcome.FunctionError("Flaky", "Not yet."));
            case "failsOnce" when payload["redrives"] is not JsonNumber { Value: > 0 }:
                return new(TaskOutcome.FunctionError("Broken", "Redrive it."));
            case "ask":
                tokens.Writer.TryWrite(((JsonString)payload["token"]!).Value);
                return new(TaskOutcome.Payload(JsonValue.Null));
            default:
                return new(TaskOutcome.Payload(payload));
        }
    }

    static async ValueTask<TaskOutcome> SlowAsync(JsonValue payload)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(3), TimeProvider.System);
        return TaskOutcome.Payload(payload);
    }
}
