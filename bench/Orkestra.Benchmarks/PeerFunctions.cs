using System.Diagnostics.CodeAnalysis;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Benchmarks;

/// <summary>The functions the workloads call, doing what the peers' functions do.</summary>
sealed class PeerFunctions : ITaskInvoker
{
    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => new(invocation.Resource.Action switch
    {
        "echo" => TaskOutcome.Payload(invocation.Input),
        "generate_item" => TaskOutcome.Payload(JsonObject.Create(("id", "00000000-0000-4000-8000-000000000000"), ("name", "potato"))),
        "add_price" => TaskOutcome.Payload(((JsonObject)invocation.Input).With("price", 3.14)),
        "copy_item" => TaskOutcome.Payload(JsonArray.Create(Enumerable.Repeat(invocation.Input, 10))),
        "double_price" => TaskOutcome.Payload(((JsonObject)invocation.Input).With("price", ((JsonNumber)invocation.Input["price"]!).Value * 2)),
        "do_nothing" => TaskOutcome.Payload(JsonValue.Null),
        "assert_false" => throw new AssertionError("assert False"),
        "say_hello" => TaskOutcome.Payload("hello, world"),
        "random_int" or "random_float" => TaskOutcome.Payload(Random.Shared.Next(100)),
        "say_goodbye" => TaskOutcome.Payload("goodbye"),
        _ => TaskOutcome.Unhandled,
    });

    [SuppressMessage("Naming", "CA1710", Justification = "The error's name, as the peers' function throws it.")]
    sealed class AssertionError(string message) : Exception(message);
}
