using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Input;

/// <summary>The code of <c>docs/lambda.md</c>, run.</summary>
public sealed class LambdaPage
{
    public sealed record Order(string Sku, int Quantity);

    public static class Stock
    {
        public static int Take(string sku, int quantity) => sku == "pen" ? 10 - quantity : throw new InvalidOperationException($"There is no {sku}.");
    }

    public static readonly Step<Order, int> Book = new(order => Stock.Take(order.Sku, order.Quantity)) { Envelope = Envelope.Sqs.EachRecord };

    [Fact]
    public async Task Only_the_records_that_failed_come_back()
    {
        var messages = JsonValue.Parse("""
            { "Records": [
              { "messageId": "m-1", "body": "{\"sku\":\"pen\",\"quantity\":2}", "attributes": { "ApproximateReceiveCount": "1" }, "eventSourceARN": "arn:aws:sqs:eu-west-1:1:q" },
              { "messageId": "m-2", "body": "{\"sku\":\"ink\",\"quantity\":1}", "attributes": { "ApproximateReceiveCount": "1" }, "eventSourceARN": "arn:aws:sqs:eu-west-1:1:q" }] }
            """);
        (await ((IStep)Book).InvokeAsync(messages, PayloadSerializer.Default, new StepContext())).ToJson().ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-2"}]}""");
    }
}
