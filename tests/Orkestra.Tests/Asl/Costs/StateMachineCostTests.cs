using System.ComponentModel.DataAnnotations;
using Orkestra.Asl;
using Orkestra.Asl.Costs;
using Orkestra.Authoring;
using Orkestra.Authoring.Payloads;
using Orkestra.Expressions.Data;
using Orkestra.Tests.Authoring;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl.Costs;

/// <summary>What runs cost: transitions, Lambda calls, dollars and sizes.</summary>
public sealed class StateMachineCostTests
{
    sealed record Order([property: MaxLength(10)] string Id, int Count);

    sealed record Basket([property: MaxLength(3)] Order[] Orders, [property: StringLength(20)] string Name, bool Gift, DateTime At);

    sealed record Open(string Text);

    sealed record Tree(Tree? Left, int Size);

    static readonly Step<int, int> A = new(number => number, "A");
    static readonly Step<int, int> B = new(number => number, "B");
    static readonly Step<int, int> C = new(number => number, "C");

    static StateMachineCost Of(Flow<int, int> flow, CostOptions? options = null) => StateMachineCost.Of(TestWorkflow.Of(flow).Compile().Document, options);

    [Fact]
    public void Each_path_has_its_transitions_and_calls()
    {
        var cost = Of(A.When(number => number > 1, B >> C, name: "More"));
        cost.Paths.Select(path => (path.Name, path.Transitions, path.LambdaCalls)).ShouldBe([("A > More > B > C", 4L, 3L), ("A > More > More done", 3L, 1L)]);
        cost.Paths[0].StandardDollars.ShouldBe(100m);
        cost.Paths[0].LambdaDollars.ShouldBe(0.6m);
        // Three tasks of 100 ms in 64 MB: a million requests, and 0.3 s * 0.0625 GB * a million.
        cost.Paths[0].ExpressDollars.ShouldBe(1.00m + (18_750m * 0.00001667m));
        cost.HasMorePaths.ShouldBeFalse();
        cost.NotExpress.ShouldBeNull();
    }

    [Fact]
    public void Branches_and_items_are_counted_inside_of_their_state()
    {
        Step<object?[], int> sum = new(numbers => numbers.Length, "Sum");
        Of(A >> [B, C >> B] >> sum).Paths.ShouldHaveSingleItem().LambdaCalls.ShouldBe(5);
        Step<int, int[]> list = new(number => [number], "List");
        var map = StateMachineCost.Of(TestWorkflow.Of(list >> (A >> B).Map()).Compile().Document, new CostOptions { Items = 5 }).Paths.ShouldHaveSingleItem();
        (map.Transitions, map.LambdaCalls).ShouldBe((1 + 1 + 10, 1 + 10));
        map.Duration.ShouldBe(TimeSpan.FromMilliseconds(300));
    }

    [Fact]
    public void A_loop_is_counted_once()
    {
        var path = Of(A >> B.RepeatWhile(number => number < 3) >> C).Paths.ShouldHaveSingleItem();
        path.Transitions.ShouldBe(4);
        path.Loops.ShouldBeFalse();
        var endless = StateMachineCost.Of(AslReader.Parse("""{ "StartAt": "A", "States": { "A": { "Type": "Pass", "Next": "B" }, "B": { "Type": "Pass", "Next": "A" } } }""")).Paths.ShouldHaveSingleItem();
        (endless.Transitions, endless.Loops).ShouldBe((2, true));
    }

    [Fact]
    public void Many_paths_are_cut()
    {
        var flow = A.When(number => number > 0, B, name: "W0");
        for (var i = 1; i < 20; i++) flow = flow.When(number => number > 0, new Step<int, int>(number => number, $"S{i}"), name: $"W{i}");
        var cost = Of(flow);
        cost.Paths.Count.ShouldBe(20);
        cost.HasMorePaths.ShouldBeTrue();
        cost.ToText().ShouldContain("There are more paths; these are the first 20.");
    }

    [Theory]
    [InlineData("arn:aws:states:::sqs:sendMessage.waitForTaskToken", "'T' waits for a task token")]
    [InlineData("arn:aws:states:::ecs:runTask.sync", "'T' waits for a job")]
    [InlineData("arn:aws:states:eu-west-1:123456789012:activity:X", "'T' is an activity")]
    public void What_Express_cannot_do_is_said(string resource, string reason)
    {
        var cost = StateMachineCost.Of(AslReader.Parse($$"""{ "StartAt": "T", "States": { "T": { "Type": "Task", "Resource": "{{resource}}", "End": true } } }"""));
        cost.NotExpress.ShouldBe(reason);
        cost.ToText().ShouldContain($"It cannot be an Express state machine: {reason}.");
        cost.ToJson()["paths"]![0]!["expressDollars"].ShouldBe(JsonValue.Null);
    }

    [Fact]
    public void The_text_has_sizes_and_the_date_of_the_prices()
    {
        var text = Of(A >> B).ToText();
        text.ShouldContain("A > B            2             2    $50.00    $1.21            $0.40");
        text.ShouldContain($"on {ServicePrices.Date}");
        text.ShouldContain("of 1,048,576 bytes");
    }

    [Fact]
    public void The_largest_payload_type_is_compared_with_the_limit()
    {
        Step<Order, Basket> fill = new(_ => null!, "Fill");
        Step<Basket, Open> open = new(_ => null!, "Open");
        Step<Open, Tree> plant = new(_ => null!, "Plant");
        var text = PayloadBounds.ToText(TestWorkflow.Of(fill >> open >> plant).Compile());
        text.ShouldContain("The largest payload type with a limit is Basket, with at most ");
        text.ShouldContain("Open has no limit: Open.text is a text without [MaxLength].");
        text.ShouldContain("Tree has no limit: Tree.left contains itself.");
        var bounds = new PayloadBounds(PayloadSerializer.Default.Options);
        var order = bounds.Of(typeof(Order), [], "Order").Bytes!.Value;
        order.ShouldBe(2 + (2 + 4 + 62) + (5 + 4 + 32));
        PayloadSerializer.Default.Serialize(new Order(new string('\u0001', 10), int.MinValue)).Utf8Length.ShouldBeLessThanOrEqualTo((int)order);
    }
}
