using Tutorial;
using Tutorial.Failures;
using Xunit;

namespace Orkestra.Testing.Tests;

/// <summary>The tests of docs/tutorial.md, of the workflow it ends with.</summary>
public sealed class TutorialTests
{
    static readonly Line[] Order = [new("pencil", 2), new("paper", 1)];

    [Fact]
    public async Task An_order_is_charged_with_shipping()
    {
        var run = await new WorkflowTest(new PlaceOrder()).RunAsync(Order);

        Assert.Equal(new Receipt(34.97m, "paid"), run.OutputAs<Receipt>());
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        var run = await new WorkflowTest(new PlaceOrder())
            .Throw<HttpRequestException>(PlaceOrder.Charge, attempts: 1..2)
            .RunAsync(Order);

        run.ShouldSucceed().ShouldAttempt(PlaceOrder.Charge, times: 3);
    }

    [Fact]
    public async Task A_declined_card_is_not_tried_again()
    {
        var run = await new WorkflowTest(new PlaceOrder()).RunAsync(new[] { new Line("piano", 200) });

        Assert.Equal("declined: over the limit", run.OutputAs<Receipt>().Status);
        run.ShouldAttempt(PlaceOrder.Charge, times: 1);
    }

    [Fact]
    public async Task The_workflow_with_branches_gives_the_same()
    {
        var run = await new WorkflowTest(new Tutorial.Branches.PlaceOrder()).RunAsync(Order);

        Assert.Equal(new Receipt(34.97m, "paid"), run.OutputAs<Receipt>());
    }
}
