using System.IO.Compression;
using System.Text;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Lambda.Tests.Input;

public sealed class EnvelopeTests
{
    const string Moth = """{\"name\":\"moth\",\"price\":1.50}""";

    static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    static async Task<string> Many(Envelope envelope, string payload) =>
        (await Invoke(new Step<Product[], Product[]>(items => items) { Name = "Take", Envelope = envelope }, payload)).ToJson();

    static async Task<string> One(Envelope envelope, string payload) =>
        (await Invoke(new Step<Product, Product>(item => item) { Name = "Take", Envelope = envelope }, payload)).ToJson();

    static async Task<string> Text(Envelope envelope, string payload) =>
        (await Invoke(new Step<string, string>(item => item) { Name = "Take", Envelope = envelope }, payload)).ToJson();

    static ValueTask<JsonValue> Invoke(IStep step, string payload) => step.InvokeAsync(JsonValue.Parse(payload), PayloadSerializer.Default, new StepContext());

    [Fact]
    public async Task Event_bridge_gives_its_detail() =>
        (await One(Envelope.EventBridge, """{"version":"0","source":"shop","detail":{"name":"moth","price":1.50}}""")).ShouldBe("""{"name":"moth","price":1.50}""");

    [Fact]
    public async Task Sqs_gives_the_body_of_each_message()
    {
        var payload = "{\"Records\":[{\"messageId\":\"1\",\"body\":\"" + Moth + "\"},{\"messageId\":\"2\",\"body\":\"{\\\"name\\\":\\\"lamp\\\"}\"}]}";
        (await Many(Envelope.Sqs, payload)).ShouldBe("""[{"name":"moth","price":1.50},{"name":"lamp","price":null}]""");
    }

    [Fact]
    public async Task A_step_that_takes_one_gets_the_only_record_and_no_other()
    {
        (await One(Envelope.Sqs, "{\"Records\":[{\"body\":\"" + Moth + "\"}]}")).ShouldBe("""{"name":"moth","price":1.50}""");
        var error = await Should.ThrowAsync<PayloadException>(() => One(Envelope.Sqs, "{\"Records\":[{\"body\":\"" + Moth + "\"},{\"body\":\"" + Moth + "\"}]}"));
        error.Message.ShouldBe("Step 'Take' cannot read its input. The event holds 2 records and the step takes one Product: let it take Product[], or let the source send one at a time.");
    }

    [Theory]
    [InlineData("plain words", "\"plain words\"")]
    [InlineData("123", "\"123\"")]
    public async Task A_step_that_takes_text_gets_a_body_as_it_is(string body, string expected) =>
        (await Text(Envelope.Sqs, $$"""{"Records":[{"body":"{{body}}"}]}""")).ShouldBe(expected);

    [Fact]
    public async Task Sns_gives_each_message_and_through_sqs_too()
    {
        (await Many(Envelope.Sns, "{\"Records\":[{\"Sns\":{\"Message\":\"" + Moth + "\"}}]}")).ShouldBe("""[{"name":"moth","price":1.50}]""");
        var inner = JsonObject.Create(("Type", "Notification"), ("Message", """{"name":"moth","price":2}"""));
        var outer = JsonObject.Create(("Records", JsonArray.Create([JsonObject.Create(("body", inner.ToJson()))])));
        (await Many(Envelope.SnsInSqs, outer.ToJson())).ShouldBe("""[{"name":"moth","price":2}]""");
    }

    [Fact]
    public async Task Event_bridge_through_sqs_gives_each_detail()
    {
        var inner = JsonObject.Create(("detail", JsonValue.Parse("""{"name":"moth","price":2}""")));
        var outer = JsonObject.Create(("Records", JsonArray.Create([JsonObject.Create(("body", inner.ToJson()))])));
        (await One(Envelope.EventBridgeInSqs, outer.ToJson())).ShouldBe("""{"name":"moth","price":2}""");
    }

    [Fact]
    public async Task Http_gives_the_body_plain_or_in_base64()
    {
        (await One(Envelope.ApiGateway, "{\"httpMethod\":\"POST\",\"headers\":{},\"body\":\"" + Moth + "\",\"isBase64Encoded\":false}")).ShouldBe("""{"name":"moth","price":1.50}""");
        (await One(Envelope.Http, $$"""{"version":"2.0","requestContext":{},"body":"{{Base64("""{"name":"moth","price":1}""")}}","isBase64Encoded":true}""")).ShouldBe("""{"name":"moth","price":1}""");
        (await Should.ThrowAsync<PayloadException>(() => One(Envelope.ApplicationLoadBalancer, """{"headers":{},"body":"%","isBase64Encoded":true}"""))).Message
            .ShouldBe("Step 'Take' cannot read its input. Not a valid Application Load Balancer event: isBase64Encoded is true, but the body isn't Base64.");
    }

    [Fact]
    public async Task S3_gives_bucket_and_object_with_the_key_decoded()
    {
        var step = new Step<JsonValue, JsonValue>(value => value) { Name = "Take", Envelope = Envelope.S3 };
        var output = await Invoke(step, """{"Records":[{"eventName":"ObjectCreated:Put","s3":{"bucket":{"name":"b"},"object":{"key":"my+photo%281%29.jpg","size":7}}}]}""");
        output.ToJson().ShouldBe("""[{"bucket":{"name":"b"},"object":{"key":"my photo(1).jpg","size":7}}]""");
    }

    [Fact]
    public async Task Streams_give_their_data()
    {
        var data = Base64("""{"name":"moth","price":3}""");
        (await Many(Envelope.Kinesis, $$"""{"Records":[{"kinesis":{"data":"{{data}}"} }]}""")).ShouldBe("""[{"name":"moth","price":3}]""");
        (await Many(Envelope.Firehose, $$"""{"records":[{"recordId":"1","data":"{{data}}"}]}""")).ShouldBe("""[{"name":"moth","price":3}]""");
        (await Many(Envelope.Kafka, $$"""{"records":{"t-0":[{"value":"{{data}}"} ],"t-1":[{"value":"{{data}}"} ]} }""")).ShouldBe("""[{"name":"moth","price":3},{"name":"moth","price":3}]""");
        (await Many(Envelope.DynamoDb, """{"Records":[{"dynamodb":{"NewImage":{"name":{"S":"moth"},"price":{"N":"3.5"},"tags":{"L":[{"M":{"a":{"NULL":true}}}]}}}}]}"""))
            .ShouldBe("""[{"name":"moth","price":3.5}]""");
    }

    [Fact]
    public async Task S3_through_sqs_gives_the_notifications_of_all_messages_and_not_the_trial()
    {
        var notification = JsonValue.Parse("""{"Records":[{"s3":{"bucket":{"name":"b"},"object":{"key":"a+b"}}},{"s3":{"bucket":{"name":"b"},"object":{"key":"c"}}}]}""");
        var trial = JsonValue.Parse("""{"Service":"Amazon S3","Event":"s3:TestEvent"}""");
        var outer = JsonObject.Create(("Records", JsonArray.Create([JsonObject.Create(("body", notification.ToJson())), JsonObject.Create(("body", trial.ToJson()))])));
        var step = new Step<JsonValue, JsonValue>(value => value) { Name = "Take", Envelope = Envelope.S3InSqs };
        (await Invoke(step, outer.ToJson())).ToJson().ShouldBe("""[{"bucket":{"name":"b"},"object":{"key":"a b"}},{"bucket":{"name":"b"},"object":{"key":"c"}}]""");
    }

    [Fact]
    public async Task Messages_of_mq_give_their_data()
    {
        var data = Base64("""{"name":"moth","price":3}""");
        (await Many(Envelope.ActiveMq, $$"""{"eventSource":"aws:mq","messages":[{"messageID":"1","data":"{{data}}"}]}""")).ShouldBe("""[{"name":"moth","price":3}]""");
        (await Many(Envelope.RabbitMq, $$"""{"eventSource":"aws:rmq","rmqMessagesByQueue":{"orders::/":[{"data":"{{data}}"}]} }""")).ShouldBe("""[{"name":"moth","price":3}]""");
    }

    [Fact]
    public async Task Pipes_hand_records_on_in_an_array()
    {
        var data = Base64("""{"name":"moth","price":3}""");
        (await Many(Envelope.Sqs, "[{\"messageId\":\"1\",\"body\":\"" + Moth + "\"}]")).ShouldBe("""[{"name":"moth","price":1.50}]""");
        (await Many(Envelope.Kinesis, $$"""[{"sequenceNumber":"1","data":"{{data}}"}]""")).ShouldBe("""[{"name":"moth","price":3}]""");
        (await Many(Envelope.Kafka, $$"""[{"topic":"t","value":"{{data}}"}]""")).ShouldBe("""[{"name":"moth","price":3}]""");
    }

    [Fact]
    public async Task Vpc_lattice_gives_the_body_in_both_versions()
    {
        var body = Base64("""{"name":"moth","price":1}""");
        (await One(Envelope.VpcLattice, $$"""{"raw_path":"/","method":"POST","headers":{},"body":"{{body}}","is_base64_encoded":true}""")).ShouldBe("""{"name":"moth","price":1}""");
        (await One(Envelope.VpcLattice, $$"""{"version":"2.0","path":"/","headers":{},"body":"{{body}}","isBase64Encoded":true}""")).ShouldBe("""{"name":"moth","price":1}""");
    }

    [Fact]
    public async Task Log_events_are_unpacked()
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionMode.Compress))
            await zip.WriteAsync(Encoding.UTF8.GetBytes("""{"logGroup":"g","logEvents":[{"id":"1","message":"{\"name\":\"moth\",\"price\":4}"}]}"""));
        (await Many(Envelope.CloudWatchLogs, $$"""{"awslogs":{"data":"{{Convert.ToBase64String(packed.ToArray())}}"} }""")).ShouldBe("""[{"name":"moth","price":4}]""");
        await Should.ThrowAsync<PayloadException>(() => Many(Envelope.CloudWatchLogs, """{"awslogs":{"data":"bm90IHppcA=="}}"""));
    }

    [Fact]
    public async Task An_envelope_of_ones_own_is_a_path() =>
        (await One(Envelope.At("order", "item"), """{"order":{"item":{"name":"moth","price":5}}}""")).ShouldBe("""{"name":"moth","price":5}""");

    [Theory]
    [InlineData("sqs", "Not a valid SQS event: it has no array 'Records'.")]
    [InlineData("bridge", "Not a valid EventBridge event: it has no member 'detail'.")]
    [InlineData("http", "Not a valid API Gateway event: it has neither a body nor headers.")]
    [InlineData("kafka", "Not a valid Kafka event: it has no object 'records'.")]
    public async Task An_event_of_another_kind_is_one_sentence(string kind, string sentence)
    {
        var envelope = kind switch { "sqs" => Envelope.Sqs, "bridge" => Envelope.EventBridge, "http" => Envelope.ApiGateway, _ => Envelope.Kafka };
        (await Should.ThrowAsync<PayloadException>(() => One(envelope, """{"name":"moth"}"""))).Message.ShouldBe("Step 'Take' cannot read its input. " + sentence);
    }
}
