using Orkestra.Authoring;
using Orkestra.Testing;
using Shouldly;
using static Orkestra.Authoring.Workflow;
using static Orkestra.Tests.Authoring.Forms.Shop;

namespace Orkestra.Tests.Authoring.Forms;

/// <summary>What does the work: steps, other workflows, people; and what runs at the same time.</summary>
public static class TaskForms
{
    static readonly Order[] EachEnd = [new("A", Total: 10), new("B", OrderStatus.Lost, 20), new("C", OrderStatus.Paid, 30)];

    public static IEnumerable<Form> All =>
    [
        Form.Of("Chain", "runs steps in sequence; each step is a function", Check >> Ship >> Shout, order => $"SHIPPED {order.Id}".ToUpperInvariant(), [new("a")]),
        Form.Of("Branches", "runs branches in parallel; the first error fails all of them", Check >> All(Ship, Accept), order => ($"shipped {order.Id}", $"accepted {order.Id}"), [new("A")]),
        Form.Of("Map", "runs a flow for each element of an array", Accept.Map(maxConcurrency: 2), orders => [.. orders.Select(order => $"accepted {order.Id}")], [EachEnd, []]),
        Form.Of(
            "Select",
            "evaluates a C# expression over the payload, without a function",
            Check.Select(order => new Refusal(order.Id, order.Total > 100 ? "too much" : "no reason", order.Total * 2)),
            order => new Refusal(order.Id, order.Total > 100 ? "too much" : "no reason", order.Total * 2),
            [new("A", Total: 101), new("B", Total: 3)]),
        Form.Of(
            "Query",
            "keeps the outputs of several steps by name",
            from order in Check from receipt in Charge.With(order) select order.Id + " for " + receipt.OrderId,
            order => order.Status switch { OrderStatus.New => $"{order.Id} for {order.Id}", OrderStatus.Lost => throw new CardDeclinedException("no money", 0), _ => throw new InvalidOperationException("paid before") },
            EachEnd),
        Form.Of(
            "Nested",
            "runs another workflow and waits for its end; its error becomes the error of the step",
            Reserve >> new Billing().AsStep() >> Deliver,
            order => order.Status switch { OrderStatus.New => $"delivered {order.Id}", OrderStatus.Lost => throw new CardDeclinedException("no money", 0), _ => throw new InvalidOperationException("paid before") },
            EachEnd),
        Form.Of(
            "NestedDetached",
            "starts another workflow without waiting; the output is the ARN of its execution",
            new Billing().AsDetachedStep().Select(arn => arn.Contains(":Billing:")),
            _ => true,
            EachEnd),
        Form.Of(
            "Callback",
            "runs a step that passes on its task token, and waits for the reply",
            MailManager.WaitForCallback<Decision>(timeout: TimeSpan.FromDays(3), heartbeat: TimeSpan.FromDays(1)),
            async workflow =>
            {
                var run = new WorkflowTest(workflow).Start(new Order("A"));
                var callback = await run.CallbackAsync();
                Mails.ShouldContain($"Approve A? {callback.TaskToken}");
                await callback.SucceedAsync(new Decision(true, "Ada"));
                (await run.Completion).ShouldSucceedWith(PayloadSerializer.Default.Serialize(new Decision(true, "Ada")));
            }),
        Form.Of("Fused", "runs a chain of steps in one function, as one state with the same errors", (Trim >> Shout).Fused(), text => text.Trim().ToUpperInvariant(), [" a ", "b"]),
    ];
}
