using Orkestra.Testing;
using Xunit;

namespace Orkestra._1.Tests;

public sealed class PlaceOrderTests
{
    [Fact]
    public async Task An_order_is_shipped_after_its_pause()
    {
        var run = await new WorkflowTest(new PlaceOrder()).RunAsync(new Order("A-1", 25));

        run.ShouldSucceed().ShouldElapse(TimeSpan.FromSeconds(5));
        Assert.Equal(new Parcel("A-1", "TRACK-A-1"), run.OutputAs<Parcel>());
    }

    [Fact]
    public async Task An_order_without_a_price_fails() =>
        (await new WorkflowTest(new PlaceOrder()).RunAsync(new Order("A-1", 0))).ShouldFail<ArgumentException>().ShouldNotEnter("Ship");
}
