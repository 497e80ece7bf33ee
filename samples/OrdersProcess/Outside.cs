using System.Collections.Concurrent;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

/// <summary>Stands in for the post, the bank and the carrier of a real shop, so that the sample runs anywhere.</summary>
public static class Mail
{
    /// <summary>What was sent, oldest first.</summary>
    public static ConcurrentQueue<(string To, string Text)> Sent { get; } = new();

    public static void Send(string to, string text) => Sent.Enqueue((to, text));
}

public static class Bank
{
    public static CustomerOrder Charge(CustomerOrder order, string key) => order.Customer switch
    {
        "broke@example.com" => throw new CardDeclinedException("The card was declined", "Try another card"),
        _ => order with { PaymentId = $"P-{order.Id}-{key.Length}" },
    };
}

public static class Carrier
{
    static readonly ConcurrentDictionary<string, int> Asked = new();

    // It arrives the third time someone asks.
    public static Parcels Track(Parcels parcels)
    {
        if (parcels.TrackingId.Contains("nowhere", StringComparison.Ordinal)) throw new InvalidOperationException("The parcel is lost");
        return parcels with { IsDelivered = Asked.AddOrUpdate(parcels.TrackingId, 1, static (_, count) => count + 1) % 3 == 0 };
    }
}

/// <summary>Answers the calls of DynamoDB and SNS.</summary>
public sealed class FakeServices : ITaskInvoker
{
    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var input = invocation.Input;
        switch (invocation.Resource.Service, invocation.Resource.Operation)
        {
            case ("dynamodb", "putItem"):
                Mail.Send("table", input["Item"]!.ToJson());
                return new(TaskOutcome.Result(JsonObject.Empty));
            case ("sns", "publish"):
                Mail.Send("customer", ((JsonString)input["Message"]!).Value);
                return new(TaskOutcome.Result(JsonObject.Create(("MessageId", "1"))));
            default:
                return new(TaskOutcome.Unhandled);
        }
    }
}
