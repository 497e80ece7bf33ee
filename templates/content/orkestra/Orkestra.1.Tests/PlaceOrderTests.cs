using Orkestra.Testing;
using Xunit;

namespace Orkestra._1.Tests;

public sealed class PlaceOrderTests
{
    static readonly Line[] Order = [new("pencil", 2), new("paper", 1)];

    [Fact]
    public async Task A_step_is_a_function() =>
        Assert.Equal(19.98m, await PlaceOrder.Price.InvokeAsync(new Line("pencil", 2)));

    [Fact]
    public async Task An_order_is_charged()
    {
        var run = await new WorkflowTest(new PlaceOrder()).RunAsync(Order);

        Assert.Equal(new Receipt(29.97m, "paid"), run.OutputAs<Receipt>());
    }

    [Fact]
    public async Task A_charge_that_fails_is_tried_again()
    {
        var run = await new WorkflowTest(new PlaceOrder())
            .Throw<TimeoutException>(PlaceOrder.Charge, attempts: 1..2)
            .RunAsync(Order);

        run.ShouldSucceed().ShouldAttempt(PlaceOrder.Charge, times: 3);
    }
}
