using Orkestra.Authoring;
using static Orkestra.Tests.Authoring.Forms.Shop;

namespace Orkestra.Tests.Authoring.Forms;

/// <summary>Choices, loops, waits and ends.</summary>
public static class BranchForms
{
    static readonly Order[] EachStatus = [new("A", OrderStatus.New), new("B", OrderStatus.Paid), new("C", OrderStatus.Lost)];

    public static IEnumerable<Form> All =>
    [
        Form.Of(
            "SwitchByValue",
            "runs the case that equals a value; a switch over an enum or a Boolean needs no default if it has every case",
            Check.Switch(order => order.Status).Case(OrderStatus.New, Accept).Case(OrderStatus.Paid, Ship).Case(OrderStatus.Lost, Refuse),
            order => order.Status switch { OrderStatus.New => $"accepted {order.Id}", OrderStatus.Paid => $"shipped {order.Id}", _ => $"refused {order.Id}" },
            EachStatus),
        Form.Of(
            "SwitchByCondition",
            "runs the first case whose condition is true",
            Check.Switch().Case(order => order.Total > 1000, AskManager >> Shout).Case(order => order.Status == OrderStatus.Lost, Refuse).Default(Ship),
            order => order.Total > 1000 ? $"ASKED ABOUT {order.Total}" : order.Status == OrderStatus.Lost ? $"refused {order.Id}" : $"shipped {order.Id}",
            [new("A", Total: 1001), new("B", OrderStatus.Lost), new("C")]),
        Form.Of(
            "SwitchByType",
            "runs the case for the type of the payload, selected by its type discriminator; a hierarchy needs no default if it has every case",
            Flow.Input<Payment>().Switch().Case(ChargeCard).Case(SendInvoice),
            payment => payment switch { Card card => $"charged {card.Number}", Invoice invoice => $"sent to {invoice.Address}", _ => throw new NotSupportedException() },
            [new Card(1, "4711"), new Invoice(2, "Rome")]),
        Form.Of(
            "RepeatUntil",
            "repeats the flow with its own output until a condition is true, with a limit of rounds and a wait between them",
            Twice.RepeatUntil(number => number > 100, limit: 5, wait: TimeSpan.FromSeconds(10)),
            RepeatUntil,
            [3, 7, 200, 2]),
        Form.Of(
            "RepeatWhile",
            "repeats the flow while a condition is true",
            Twice.RepeatWhile(number => number <= 100),
            number =>
            {
                do number *= 2; while (number <= 100);
                return number;
            },
            [3, 200]),
        Form.Of(
            "PollUntil",
            "repeats the flow with the same input until a condition on its output is true, with a wait between the calls and a time after which it gives up",
            CheckJob.PollUntil(job => job.Progress == 3, every: TimeSpan.FromSeconds(30), giveUpAfter: TimeSpan.FromHours(1)),
            order => new Job(order.Id, 3),
            [new("A"), new("B")]),
        Form.Of(
            "WaitFor",
            "waits for a duration",
            Check >> Wait.For(TimeSpan.FromDays(1)) >> Ship,
            order => $"shipped {order.Id}",
            [new("A")]),
        Form.Of(
            "WaitByExpression",
            "waits until a time in the payload; `.Wait(x => …)` takes a number of seconds or a `TimeSpan`",
            Check.WaitUntil(order => order.ShipAt!.Value) >> Ship,
            order => $"shipped {order.Id}",
            [new("A", ShipAt: DateTimeOffset.UnixEpoch)]),
        Form.Of(
            "Fail",
            "fails the workflow with an exception, like `throw`",
            Check.When(order => order.Status == OrderStatus.Lost, Flow.Fail<Order, string>(order => new OrderLostException($"Order {order.Id} is lost")), Ship),
            order => order.Status == OrderStatus.Lost ? throw new OrderLostException($"Order {order.Id} is lost") : $"shipped {order.Id}",
            EachStatus),
        Form.Of(
            "Succeed",
            "ends the workflow, branch or map iteration with the payload as its output, like `return`",
            Accept.When(text => text == "accepted A", Flow.Succeed<string, string>(), Shout) >> Shout,
            order => order.Id == "A" ? "accepted A" : $"ACCEPTED {order.Id}",
            [new("A"), new("B")]),
    ];

    static int RepeatUntil(int number)
    {
        for (var round = 1; ; round++)
        {
            number *= 2;
            if (number > 100) return number;
            if (round == 5) throw new RepeatLimitException("'Repeat Twice' reached its limit of 5 rounds.");
        }
    }
}
