using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Expressions that read JSON from outside before a step does: what they would not see is refused with the input or the reply.</summary>
public sealed class RawReadsTests
{
    static readonly Step<Order, string> Ship = new(order => $"{order.Id} {order.Quantity}");
    static readonly Step<Order, Order> Load = new(order => order);
    static readonly Step<Order, Nothing> Ask = new((order, context) => context.TaskToken is null ? throw new InvalidOperationException(order.Id) : default);

    const string Missing = ", and an expression of the workflow reads it before a step reads the payload: defaults and computed members don't exist there. Add it.";

    public sealed record Order(string Id, int Quantity = 1, Part[]? Parts = null)
    {
        public bool IsLarge => Quantity > 100;
    }

    public sealed record Part(string Name, int Count = 1);

    [Theory]
    [InlineData("""{"id":"a","quantity":500,"isLarge":true}""", null)]
    [InlineData("""{"id":"a","quantity":500}""", "'$.isLarge' is missing" + Missing)]
    [InlineData("""{"id":"a","isLarge":false}""", null)]
    [InlineData("""{"id":"a","IsLarge":false}""", "'$.IsLarge' has to be written 'isLarge': an expression of the workflow reads it before a step reads the payload.")]
    public void A_condition_reads_what_is_sent(string input, string? problem) =>
        Check(Flow.Input<Order>().When(order => order.IsLarge && order.Id != "vip", Ship, Ship), input, problem);

    [Theory]
    [InlineData("""{"id":"a","quantity":2}""", null)]
    [InlineData("""{"id":"a"}""", "'$.quantity' is missing" + Missing)]
    [InlineData("""{"id":"a","quantity":"2"}""", "'$.quantity' is a string, and an expression of the workflow reads it as a number before a step reads the payload. Write it so.")]
    public void So_does_a_projection(string input, string? problem) => Check(Flow.Input<Order>().Select(order => order.Quantity * 2), input, problem);

    [Fact]
    public void Parts_are_looked_at_too() =>
        Check(Flow.Input<Order>().Select(order => order.Parts!.Sum(part => part.Count)), """{"id":"a","parts":[{"name":"b","count":1},{"name":"c"}]}""", "'$.parts[1].count' is missing" + Missing);

    [Theory]
    [InlineData("""{"id":"a"}""")]
    [InlineData("""{"Id":"a","quantity":"2"}""")]
    public void After_a_step_has_read_the_input_its_defaults_are_there(string input) =>
        Check(Load.When(order => order.IsLarge && order.Quantity > 1, Ship, Ship), input, null);

    [Fact]
    public void A_query_keeps_the_input_for_later()
    {
        var flow = from order in Flow.Input<Order>()
                   from text in Ship.With(order)
                   select text + order.Quantity;
        Check(flow, """{"id":"a"}""", "'$.quantity' is missing" + Missing);
        Check(flow, """{"id":"a","quantity":3}""", null);
    }

    [Fact]
    public void A_reply_is_checked_like_an_input()
    {
        var workflow = TestWorkflow.Of(Ask.WaitForCallback<Order>().When(order => order.IsLarge, Ship, Ship));
        var definition = workflow.Compile();
        Should.Throw<PayloadException>(() => definition.CheckReply("Ask", JsonValue.Parse("""{"id":"a"}"""))).Message.ShouldBe("'$.isLarge' is missing" + Missing);
        definition.CheckReply("Ask", JsonValue.Parse("""{"id":"a","isLarge":false}"""));
        workflow.CheckInput(JsonValue.Parse("""{"id":"a"}"""));
    }

    static void Check<TOut>(Flow<Order, TOut> flow, string input, string? problem)
    {
        var workflow = TestWorkflow.Of(flow);
        var check = () => workflow.CheckInput(JsonValue.Parse(input));
        if (problem is null) check.ShouldNotThrow();
        else check.ShouldThrow<PayloadException>().Message.ShouldBe(problem);
    }
}
