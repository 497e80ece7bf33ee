using System.Text.Json.Serialization;
using Orkestra.Authoring;

namespace Orkestra.Tests.Authoring.Forms;

/// <summary>What the forms are about: payloads and steps of a shop.</summary>
public static class Shop
{
    public static readonly System.Collections.Concurrent.ConcurrentBag<string> Mails = [];

    public static readonly Step<Order, string> Accept = new(order => $"accepted {order.Id}");
    public static readonly Step<Order, string> Ship = new(order => $"shipped {order.Id}");
    public static readonly Step<Order, string> Refuse = new(order => $"refused {order.Id}");
    public static readonly Step<Order, string> AskManager = new(order => $"asked about {order.Total}");
    public static readonly Step<Order, Order> Check = new(order => order);
    public static readonly Step<Card, string> ChargeCard = new(card => $"charged {card.Number}");
    public static readonly Step<Invoice, string> SendInvoice = new(invoice => $"sent to {invoice.Address}");
    public static readonly Step<Payment, string> AskCustomer = new(payment => $"asked for {payment.Amount}");
    public static readonly Step<string, string> Shout = new(text => text.ToUpperInvariant());
    public static readonly Step<int, int> Twice = new(number => number * 2);
    public static readonly Step<Order, Job> CheckJob = new(CheckProgress);

    public static readonly Step<Order, Receipt> Charge = new(order => order.Status switch
    {
        OrderStatus.Lost => throw new CardDeclinedException("no money", order.Total) { Hint = "ask again" },
        OrderStatus.Paid => throw new InvalidOperationException("paid before"),
        _ => new Receipt(order.Id, order.Total),
    });

    public static readonly Step<Refusal, Receipt> Apologize = new(refusal => new Receipt($"{refusal.OrderId}: {refusal.Reason}", -refusal.Amount));
    public static readonly Step<Failure, Receipt> Note = new(failure => new Receipt(failure.Error, 0));
    public static readonly Step<Receipt, Nothing> Refund = new(_ => { });
    public static readonly Step<Order, Order> Reserve = new(order => order);
    public static readonly Step<Order, Nothing> Release = new(_ => { });
    public static readonly Step<Receipt, string> Deliver = new(receipt => receipt.Paid > 100 ? throw new InvalidOperationException("too heavy") : $"delivered {receipt.OrderId}");

    public static readonly Step<Order, Nothing> MailManager = new((order, context) => Mails.Add($"Approve {order.Id}? {context.TaskToken}"));
    public static readonly Step<string, string> Trim = new(text => text.Trim());

    static Job CheckProgress(Order order, StepContext context)
    {
        lock (Calls) return new Job(order.Id, Calls[context.ExecutionId] = Calls.GetValueOrDefault(context.ExecutionId) + 1);
    }

    // How often a job was asked for, by execution.
    static readonly Dictionary<string, int> Calls = [];
}

public enum OrderStatus
{
    New,
    Paid,
    Lost,
}

public sealed record Order(string Id, OrderStatus Status = OrderStatus.New, decimal Total = 0, DateTimeOffset? ShipAt = null);

public sealed record Job(string Id, int Progress);

[JsonDerivedType(typeof(Card), "card")]
[JsonDerivedType(typeof(Invoice), "invoice")]
public abstract record Payment(decimal Amount);

public sealed record Card(decimal Amount, string Number) : Payment(Amount);

public sealed record Invoice(decimal Amount, string Address) : Payment(Amount);

/// <summary>A workflow that others start.</summary>
public sealed class Billing : Workflow<Order, Receipt>
{
    public override Flow<Order, Receipt> Define() => Shop.Charge;
}

public sealed record Decision(bool IsApproved, string By);

public sealed record Receipt(string OrderId, decimal Paid);

public sealed record Refusal(string OrderId, string Reason, decimal Amount);

public sealed class CardDeclinedException(string message, decimal amount) : Exception(message)
{
    public decimal Amount { get; } = amount;

    public string? Hint { get; init; }
}

public sealed class OrderLostException(string message) : Exception(message);
