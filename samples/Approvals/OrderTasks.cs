using System.Text.Json;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

/// <summary>
/// The work behind the states of <c>PlaceOrder.asl.json</c>. Each task may be called again after a crash, so each does its work at most once for its idempotency key: it writes a
/// file that only one of them can make.
/// </summary>
public sealed class OrderTasks(IConfiguration configuration) : ITaskInvoker
{
    readonly string folder = Directory.CreateDirectory(Path.Combine(configuration["data"] ?? "data", "work")).FullName;

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var payload = invocation.Input["Payload"]!;
        return new(((invocation.Input["FunctionName"] as JsonString)?.Value) switch
        {
            "reserve" => Once(invocation, "reserved", Read<Order>(payload).Id),
            "release" => Once(invocation, "released", Read<Order>(payload).Id),
            "ask" => Ask(Read<Request>(payload)),
            "charge" => Charge(invocation, Read<Approval>(payload)),
            _ => TaskOutcome.Unhandled,
        });
    }

    /// <summary>The token of an order that waits for its approval; null when none does.</summary>
    public string? TokenOf(string orderId) => File.Exists(FileOf("token", orderId)) ? File.ReadAllText(FileOf("token", orderId)) : null;

    // The token is all that is needed to go on, whichever process does.
    TaskOutcome Ask(Request request)
    {
        File.WriteAllText(FileOf("token", request.Order.Id), request.Token);
        return TaskOutcome.Payload(JsonObject.Empty);
    }

    TaskOutcome Charge(TaskInvocation invocation, Approval approval)
    {
        Once(invocation, "charged", approval.Order.Id);
        return TaskOutcome.Payload(PayloadSerializer.Default.Serialize(new Receipt(approval.Order.Id, approval.Order.Total, approval.ApprovedBy)));
    }

    TaskOutcome Once(TaskInvocation invocation, string what, string orderId)
    {
        try
        {
            using var file = new FileStream(FileOf(what, orderId), FileMode.CreateNew);
            JsonSerializer.Serialize(file, invocation.IdempotencyKey);
        }
        catch (IOException) when (File.Exists(FileOf(what, orderId)))
        {
            // Done before the crash.
        }

        return TaskOutcome.Payload(JsonObject.Empty);
    }

    string FileOf(string what, string orderId) => Path.Combine(folder, $"{Uri.EscapeDataString(orderId)}.{what}");

    static T Read<T>(JsonValue payload) => PayloadSerializer.Default.Deserialize<T>(payload);

    sealed record Request(Order Order, string Token);

    sealed record Approval(Order Order, string ApprovedBy);
}
