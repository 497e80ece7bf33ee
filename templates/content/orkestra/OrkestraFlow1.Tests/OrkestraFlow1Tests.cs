using Orkestra.Testing;
using Xunit;

public sealed class OrkestraFlow1Tests
{
    static readonly Line[] Order = [new("pencil", 2), new("paper", 1)];

    [Fact]
    public async Task A_step_is_a_function() =>
        Assert.Equal(19.98m, await OrkestraFlow1.Price.InvokeAsync(new Line("pencil", 2)));

    [Fact]
    public async Task An_order_is_charged()
    {
        var run = await new WorkflowTest(new OrkestraFlow1()).RunAsync(Order);

        Assert.Equal(new Receipt(29.97m, "paid"), run.OutputAs<Receipt>());
    }

    [Fact]
    public async Task A_charge_that_fails_is_tried_again()
    {
        var run = await new WorkflowTest(new OrkestraFlow1())
            .Throw<TimeoutException>(OrkestraFlow1.Charge, attempts: 1..2)
            .RunAsync(Order);

        run.ShouldSucceed().ShouldAttempt(OrkestraFlow1.Charge, times: 3);
    }
}
