using System.Collections.Concurrent;
using System.Text;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;
using Orkestra.Authoring.Envelopes;
using Orkestra.Expressions.Data;
using Orkestra.Lambda.Emulator;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Input;

/// <summary>A step that is called once a record tells the source which records failed.</summary>
public sealed class EachRecordTests
{
    readonly ConcurrentQueue<string> _calls = new();

    Step<Product, Product> Book(Envelope envelope) => new((item, context) =>
    {
        _calls.Enqueue($"{item.Name} {context.IdempotencyKey} {context.Attempt}");
        return item.Name.StartsWith("bad", StringComparison.Ordinal) ? throw new OutOfStockException($"no {item.Name} left") : item;
    })
    {
        Name = "Book",
        Envelope = envelope,
    };

    static string Message(string id, string name, string? queue = null, int receipts = 1) =>
        $$$"""{"messageId":"{{{id}}}","body":"{\"name\":\"{{{name}}}\"}","attributes":{"ApproximateReceiveCount":"{{{receipts}}}"},"eventSourceARN":"arn:aws:sqs:eu-west-1:1:{{{queue ?? "q"}}}"}""";

    static string Event(params string[] records) => $$"""{"Records":[{{string.Join(',', records)}}]}""";

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    async Task<string> Run(Envelope envelope, string payload, StepContext? context = null) =>
        (await ((IStep)Book(envelope)).InvokeAsync(JsonValue.Parse(payload), PayloadSerializer.Default, context ?? new StepContext())).ToJson();

    [Fact]
    public async Task Messages_that_failed_are_named_and_the_others_are_done()
    {
        var answer = await Run(Envelope.Sqs.EachRecord, Event(Message("m-1", "moth"), Message("m-2", "bad lamp", receipts: 3), Message("m-3", "kettle")));

        answer.ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-2"}]}""");
        _calls.ShouldBe(["moth m-1 1", "bad lamp m-2 3", "kettle m-3 1"]);
    }

    [Fact]
    public async Task Where_all_is_done_the_list_is_empty() =>
        (await Run(Envelope.Sqs.EachRecord, Event(Message("m-1", "moth")))).ShouldBe("""{"batchItemFailures":[]}""");

    [Fact]
    public async Task An_empty_batch_is_done() => (await Run(Envelope.Sqs.EachRecord, Event())).ShouldBe("""{"batchItemFailures":[]}""");

    [Fact]
    public async Task A_message_of_the_wrong_shape_fails_alone()
    {
        var wrong = """{"messageId":"m-1","body":"[1]"}""";
        var without = """{"messageId":"m-2"}""";

        (await Run(Envelope.Sqs.EachRecord, Event(wrong, without, Message("m-3", "moth")))).ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-1"},{"itemIdentifier":"m-2"}]}""");
    }

    [Fact]
    public async Task In_a_fifo_queue_nothing_overtakes_a_message_that_failed()
    {
        var answer = await Run(Envelope.Sqs.EachRecord, Event(Message("m-1", "moth", "q.fifo"), Message("m-2", "bad", "q.fifo"), Message("m-3", "kettle", "q.fifo")));

        answer.ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-2"},{"itemIdentifier":"m-3"}]}""");
        _calls.ShouldBe(["moth m-1 1", "bad m-2 1"]);
    }

    [Fact]
    public async Task The_only_record_fails_with_its_own_error()
    {
        var error = await Should.ThrowAsync<OutOfStockException>(() => Run(Envelope.Sqs.EachRecord, Event(Message("m-1", "bad"))));
        error.Message.ShouldBe("no bad left");
        (await Should.ThrowAsync<PayloadException>(() => Run(Envelope.Sqs.EachRecord, Event("""{"messageId":"m-1","body":"[1]"}""")))).Message
            .ShouldStartWith("Step 'Book' cannot read its input. The payload is an array of 1 element and does not fit the type Product: ");
    }

    [Fact]
    public async Task A_batch_of_which_nothing_is_done_is_an_error_of_the_function()
    {
        var error = await Should.ThrowAsync<BatchException>(() => Run(Envelope.Sqs.EachRecord, Event(Message("m-1", "bad"), Message("m-2", "bad lamp"))));

        error.Message.ShouldBe("None of the 2 records of the batch is done. The first failed with OutOfStockException: no bad left");
        error.InnerException.ShouldBeOfType<OutOfStockException>();
        _calls.Count.ShouldBe(2);
    }

    [Fact]
    public async Task When_the_time_is_up_what_is_left_goes_back()
    {
        using var time = new CancellationTokenSource();
        var step = new Step<string, Nothing>(name =>
        {
            if (name == "last") time.Cancel();
            return default;
        })
        { Name = "Book", Envelope = Envelope.Sqs.EachRecord };
        var payload = Event("""{"messageId":"m-1","body":"first"}""", """{"messageId":"m-2","body":"last"}""", """{"messageId":"m-3","body":"late"}""");

        var answer = await ((IStep)step).InvokeAsync(JsonValue.Parse(payload), PayloadSerializer.Default, new StepContext { CancellationToken = time.Token });

        answer.ToJson().ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-3"}]}""");
    }

    [Fact]
    public async Task Records_of_streams_go_back_from_the_first_that_failed()
    {
        static string Shard(string number, string name) => JsonObject.Create(
            ("eventID", $"shard-0:{number}"),
            ("kinesis", JsonObject.Create(("sequenceNumber", number), ("data", Base64($$"""{"name":"{{name}}"}"""))))).ToJson();
        static string Image(string number, string name) => JsonObject.Create(
            ("eventID", $"e-{number}"),
            ("dynamodb", JsonObject.Create(("SequenceNumber", number), ("NewImage", JsonObject.Create(("name", JsonObject.Create(("S", name)))))))).ToJson();

        (await Run(Envelope.Kinesis.EachRecord, Event(Shard("7", "moth"), Shard("8", "bad"), Shard("9", "lamp"))))
            .ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"8"},{"itemIdentifier":"9"}]}""");
        (await Run(Envelope.DynamoDb.EachRecord, Event(Image("7", "moth"), Image("8", "bad"), Image("9", "lamp"))))
            .ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"8"},{"itemIdentifier":"9"}]}""");
        _calls.ShouldBe(["moth shard-0:7 1", "bad shard-0:8 1", "moth e-7 1", "bad e-8 1"]);
    }

    [Fact]
    public async Task Records_of_kafka_go_back_by_partition_and_offset()
    {
        static JsonObject Record(int partition, int offset, string name) =>
            JsonObject.Create(("topic", "orders"), ("partition", partition), ("offset", offset), ("value", Base64($$"""{"name":"{{name}}"}""")));
        var first = JsonArray.Create([Record(0, 5, "bad"), Record(0, 6, "moth")]);
        var second = JsonArray.Create([Record(1, 5, "lamp")]);
        var payload = JsonObject.Create(("records", JsonObject.Create(("orders-0", first), ("orders-1", second)))).ToJson();

        (await Run(Envelope.Kafka.EachRecord, payload)).ShouldBe(
            """{"batchItemFailures":[{"itemIdentifier":{"partition":"orders-0","offset":5}},{"itemIdentifier":{"partition":"orders-0","offset":6}}]}""");
        _calls.ShouldBe(["bad orders-0@5 1", "lamp orders-1@5 1"]);
    }

    [Theory]
    [InlineData("""{"name":"moth"}""", "Step 'Book' cannot read its input. Not a valid SQS event: it has no array 'Records'.")]
    [InlineData("""{"Records":[{"body":"{}"}]}""", "Step 'Book' cannot read its input. Not a valid SQS event: record 0 has no identifier.")]
    public async Task An_event_of_another_kind_is_one_sentence(string payload, string sentence) =>
        (await Should.ThrowAsync<PayloadException>(() => Run(Envelope.Sqs.EachRecord, payload))).Message.ShouldBe(sentence);

    [Fact]
    public void A_workflow_hands_out_no_records() =>
        Should.Throw<WorkflowException>(() => new Booking().Compile()).Message.ShouldBe(
            "The step 'BookEach' runs once for each record of an event (Envelope.….EachRecord), but a state machine doesn't deliver records. Remove EachRecord, or deploy the step as a function of its own.");

    [Fact]
    public async Task In_a_function_each_failure_is_logged_and_the_call_succeeds()
    {
        await using var host = new FunctionHost("Book", options => options.Add(Book(Envelope.Sqs.EachRecord)), (FunctionVariables.Observability, "true"), (FunctionVariables.Metrics, "false"));

        var answer = await host.InvokeAsync(new LambdaRequest(Event(Message("m-1", "bad moth"), Message("m-2", "lamp"))));

        answer.IsError.ShouldBeFalse();
        answer.Body.ShouldBe("""{"batchItemFailures":[{"itemIdentifier":"m-1"}]}""");
        var line = host.Logs.ShouldHaveSingleItem();
        line.GetProperty("message").GetString().ShouldBe("Record m-1 of step Book failed: OutOfStockException");
        line.GetProperty("level").GetString().ShouldBe(nameof(LogLevel.Error));
        line.GetProperty("exception").GetProperty("message").GetString().ShouldBe("no bad moth left");
    }

    [Fact]
    public async Task A_batch_whose_first_record_takes_too_long_fails()
    {
        var step = new Step<string, Nothing>(async (_, context) =>
        {
            await Task.Delay(Timeout.Infinite, context.CancellationToken);
            return default;
        })
        { Name = "Slow", Envelope = Envelope.Sqs.EachRecord };
        await using var host = new FunctionHost("Slow", options => options.Add(step));

        var answer = await host.InvokeAsync(new LambdaRequest(Event("""{"messageId":"m-1","body":"a"}""", """{"messageId":"m-2","body":"b"}""")) { Timeout = TimeSpan.FromMilliseconds(300) }).WaitAsync(TimeSpan.FromMinutes(2));

        answer.ErrorType.ShouldBe("TimeoutException");
    }

    sealed class Booking : Workflow<Product, Nothing>
    {
        static readonly Step<Product, Nothing> BookEach = new(_ => default) { Envelope = Envelope.Sqs.EachRecord };

        public override Flow<Product, Nothing> Define() => BookEach;
    }
}
