using Orkestra.Authoring;
using static Orkestra.Authoring.Workflow;
using static Orkestra.Tests.Authoring.Forms.Shop;

#pragma warning disable ORK011 // The form shows both limits.

namespace Orkestra.Tests.Authoring.Forms;

/// <summary>Retries, handlers, and what undoes work.</summary>
public static class RecoveryForms
{
    static readonly Order[] EachEnd = [new("A", Total: 10), new("B", OrderStatus.Lost, 20), new("C", OrderStatus.Paid, 30)];

    static readonly Order[] LightAndHeavy = [new("A", Total: 10), new("B", Total: 200), new("C", OrderStatus.Paid)];

    public static IEnumerable<Form> All =>
    [
        Form.Of(
            "Retry",
            "retries after an exception of the type or a derived type, with attempts, back-off, maximum delay and jitter",
            Charge.Retry<InvalidOperationException>(3, TimeSpan.FromSeconds(2), backoffRate: 3, maxDelay: TimeSpan.FromSeconds(30), jitter: JitterStrategy.Full),
            Charged,
            EachEnd),
        Form.Of(
            "Catch",
            "runs another flow after an exception, with the error as a `Failure`",
            Charge.Catch<InvalidOperationException>(Note),
            order => order.Status == OrderStatus.Paid ? new Receipt("InvalidOperationException", 0) : Charged(order),
            EachEnd),
        Form.Of(
            "CatchTyped",
            "runs another flow after an exception, with an input built from the original input and the exception",
            Charge.Catch<CardDeclinedException>((order, error) => Apologize.With(new Refusal(order.Id, error.Message + " " + error.Hint, error.Amount))),
            order =>
            {
                try
                {
                    return Charged(order);
                }
                catch (CardDeclinedException error)
                {
                    return new Receipt($"{order.Id}: {error.Message} {error.Hint}", -error.Amount);
                }
            },
            EachEnd),
        Form.Of(
            "CatchValue",
            "replaces the result with a value after an exception",
            Charge.Catch<Exception>((order, error) => new Receipt($"{order.Id} {error.Message}", 0)),
            order => order.Status switch
            {
                OrderStatus.Lost => new Receipt($"{order.Id} no money", 0),
                OrderStatus.Paid => new Receipt($"{order.Id} paid before", 0),
                _ => Charged(order),
            },
            EachEnd),
        Form.Of(
            "Timeout",
            "limits the duration of a task",
            Charge.Timeout(TimeSpan.FromMinutes(5)),
            Charged,
            EachEnd),
        Form.Of(
            "Try",
            "guards a whole chain",
            Try(Reserve >> Charge >> Deliver).Catch<InvalidOperationException>((order, error) => $"{order.Id}: {error.Message}"),
            order => order switch { { Status: OrderStatus.Paid } => $"{order.Id}: paid before", { Total: > 100 } => $"{order.Id}: too heavy", _ => $"delivered {order.Id}" },
            LightAndHeavy),
        Form.Of(
            "Capture",
            "makes the error part of the output, as an `Outcome<T>`",
            Charge.Capture().Select(outcome => outcome.IsSuccess ? outcome.Value.Paid : -1),
            order => order.Status == OrderStatus.New ? order.Total : -1,
            EachEnd),
        Form.Of(
            "Values",
            "takes the values of outcomes; `.Failures()` takes their errors, and `.Rethrow()` fails with the first error",
            Charge.MapOutcomes().Values(),
            orders => [.. orders.Where(order => order.Status == OrderStatus.New).Select(Charged)],
            [EachEnd, [], [new("A", OrderStatus.Lost)]]),
        Form.Of(
            "Finally",
            "runs another flow with the same input whether or not an error occurs, then passes on the result or the error",
            Charge.Finally(Release),
            Charged,
            EachEnd),
        Form.Of(
            "CompensateWith",
            "saga: when a later part of the chain fails, runs the compensations of the parts before it in reverse order, then passes on the error",
            Reserve.CompensateWith(Release) >> Charge.CompensateWith((order, receipt) => Refund.With(new Receipt(order.Id, receipt.Paid))) >> Deliver,
            order => Charged(order) is { Paid: > 100 } ? throw new InvalidOperationException("too heavy") : $"delivered {order.Id}",
            LightAndHeavy),
    ];

    static Receipt Charged(Order order) => order.Status switch
    {
        OrderStatus.Lost => throw new CardDeclinedException("no money", order.Total) { Hint = "ask again" },
        OrderStatus.Paid => throw new InvalidOperationException("paid before"),
        _ => new Receipt(order.Id, order.Total),
    };
}
