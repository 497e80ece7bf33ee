using Orkestra.Authoring;
using Orkestra.Testing;
using Shouldly;
using Xunit;

namespace Orkestra.CommandLine.Tests;

/// <summary>The order process of the samples, under a virtual clock.</summary>
public sealed class OrderProcessTests
{
    static CustomerOrder Order(string id, int quantity = 2, string customer = "ada@example.com", Delivery? delivery = null) =>
        new(id, customer, delivery ?? new Parcel($"{id} Street"), [new OrderLine("lantern", quantity)]);

    static async Task<OrderResult> ResultOf(Task<TestRun> run) => PayloadSerializer.Default.Deserialize<OrderResult>((await run).Output!);

    static WorkflowTest Test() => new WorkflowTest(new OrderProcess()).WithInvoker(new FakeServices());

    static string[] SentFor(string id) => [.. Mail.Sent.Where(mail => mail.Text.Contains(id, StringComparison.Ordinal)).Select(mail => $"{mail.To}: {mail.Text}")];

    [Fact]
    public async Task A_small_order_is_delivered()
    {
        (await ResultOf(Test().RunAsync(Order("T-1")))).ShouldBe(new OrderResult("T-1", true, "Order T-1 was delivered, tracked as post to T-1 Street"));
        (await ResultOf(Test().RunAsync(Order("T-2", delivery: new Pickup("T-2"))))).Message.ShouldBe("Order T-2 was delivered, tracked as shelf in T-2");
        SentFor("T-1").ShouldBe(
        [
            """table: {"id":{"S":"T-1"},"customer":{"S":"ada@example.com"},"total":{"N":"25"},"trackingId":{"S":"post to T-1 Street"}}""",
            "audit: order T-1 ended",
            "customer: Order T-1 was delivered, tracked as post to T-1 Street",
        ]);
    }

    [Fact]
    public async Task A_large_order_waits_for_the_manager()
    {
        var run = Test().Start(Order("T-3", quantity: 100));
        await (await run.CallbackAsync("AskManager")).SucceedAsync(PayloadSerializer.Default.Serialize(new Decision(true, "Grace")));
        (await ResultOf(run.Completion)).IsDelivered.ShouldBeTrue();
        run = Test().Start(Order("T-4", quantity: 100));
        await (await run.CallbackAsync("AskManager")).SucceedAsync(PayloadSerializer.Default.Serialize(new Decision(false, "Grace")));
        (await ResultOf(run.Completion)).Message.ShouldBe("Grace refused the order");
        run = Test().Start(Order("T-5", quantity: 100));
        (await run.CallbackAsync("AskManager")).LetTimePass();
        (await ResultOf(run.Completion)).Message.ShouldBe("Nobody answered in time");
    }

    [Fact]
    public async Task A_declined_card_releases_the_reservation()
    {
        (await ResultOf(Test().RunAsync(Order("T-6", customer: "broke@example.com")))).ShouldBe(new OrderResult("T-6", false, "The card was declined. Try another card"));
        SentFor("T-6").ShouldBe(["warehouse: release R-T-6", "audit: order T-6 ended"]);
    }

    [Fact]
    public async Task A_lost_parcel_undoes_everything_and_fails()
    {
        var run = await Test().RunAsync(Order("T-7", delivery: new Parcel("nowhere T-7")));
        run.Error.ShouldBe("InvalidOperationException");
        SentFor("T-7").Select(line => line.Split(' ')[0]).ShouldBe(["bank:", "warehouse:", "audit:"]);
    }

    [Fact]
    public async Task A_bank_that_is_away_is_asked_again()
    {
        var run = await Test().Throw(OrderProcess.Charge, new BankUnreachableException("away"), attempts: 1..3).RunAsync(Order("T-8"));
        run.ShouldAttempt(OrderProcess.Charge, times: 4);
    }
}
