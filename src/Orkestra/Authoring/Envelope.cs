using Orkestra.Authoring.Envelopes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>
/// What an AWS service puts around the payload it hands to a function. A step with an envelope is given what is inside, here as in the cloud. An event that
/// holds several records gives an array; a step that takes a single value gets the only record of an event that holds one, or is called once a record
/// (<see cref="BatchEnvelope.EachRecord"/>). Where records come through EventBridge Pipes, in an array of their own, the same envelope fits.
/// </summary>
/// <example><code>static readonly Step&lt;Order[], Nothing&gt; Book = new(orders => …) { Envelope = Envelope.Sqs };</code></example>
public abstract class Envelope
{
    static readonly RecordsEnvelope Notifications = new("S3", "Records", static record => record["s3"], Encoded.S3);

    private protected Envelope()
    {
    }

    /// <summary>An EventBridge event: its <c>detail</c>.</summary>
    public static Envelope EventBridge { get; } = new MemberEnvelope("EventBridge", "detail");

    /// <summary>SQS: the body of each message.</summary>
    public static BatchEnvelope Sqs { get; } = OfMessages("SQS", static record => record["body"], Encoded.Text);

    /// <summary>SNS: each message.</summary>
    public static Envelope Sns { get; } = new RecordsEnvelope("SNS", "Records", static record => record["Sns"]?["Message"], Encoded.Text);

    /// <summary>SNS through SQS (without raw delivery): each message.</summary>
    public static BatchEnvelope SnsInSqs { get; } = OfMessages("SNS in SQS", static record => Body(record)?["Message"], Encoded.Text);

    /// <summary>EventBridge through SQS: the <c>detail</c> of each event.</summary>
    public static BatchEnvelope EventBridgeInSqs { get; } = OfMessages("EventBridge in SQS", static record => Body(record)?["detail"], Encoded.Not);

    /// <summary>An API Gateway REST or HTTP API, a function URL, or an Application Load Balancer: the request's body.</summary>
    public static Envelope Http { get; } = new BodyEnvelope("HTTP");

    /// <summary>An API Gateway REST or HTTP API: the request's body.</summary>
    public static Envelope ApiGateway { get; } = new BodyEnvelope("API Gateway");

    /// <summary>An Application Load Balancer: the request's body.</summary>
    public static Envelope ApplicationLoadBalancer { get; } = new BodyEnvelope("Application Load Balancer");

    /// <summary>VPC Lattice, in both versions of its event: the request's body.</summary>
    public static Envelope VpcLattice { get; } = new BodyEnvelope("VPC Lattice");

    /// <summary>S3 notifications: bucket and object of each, <c>{"bucket":{"name":…},"object":{"key":…,"size":…}}</c>, with the key decoded.</summary>
    public static Envelope S3 { get; } = Notifications;

    /// <summary>S3 notifications through SQS: as <see cref="S3"/>, those of all messages.</summary>
    public static Envelope S3InSqs { get; } = new S3InSqsEnvelope(new RecordsEnvelope("S3 in SQS", "Records", static record => record["body"], Encoded.Text), Notifications);

    /// <summary>Kinesis: the data of each record.</summary>
    public static BatchEnvelope Kinesis { get; } = new(
        "Kinesis", new RecordsEnvelope("Kinesis", "Records", static record => record["kinesis"]?["data"] ?? record["data"], Encoded.Base64), RecordIdentity.OfKinesis);

    /// <summary>Amazon Data Firehose: the data of each record.</summary>
    public static Envelope Firehose { get; } = new RecordsEnvelope("Firehose", "records", static record => record["data"], Encoded.Base64);

    /// <summary>DynamoDB streams: the new image of each record as plain JSON; the old one where an item was removed.</summary>
    public static BatchEnvelope DynamoDb { get; } = new(
        "DynamoDB",
        new RecordsEnvelope("DynamoDB", "Records", static record => record["dynamodb"]?["NewImage"] ?? record["dynamodb"]?["OldImage"], Encoded.DynamoDb),
        RecordIdentity.OfDynamoDb);

    /// <summary>CloudWatch Logs: the message of each log event.</summary>
    public static Envelope CloudWatchLogs { get; } = new CloudWatchLogsEnvelope();

    /// <summary>Kafka (MSK or self-managed): the value of each record of all topics.</summary>
    public static BatchEnvelope Kafka { get; } = new("Kafka", new GroupedRecordsEnvelope("Kafka", "records", "value"), RecordIdentity.OfKafka);

    /// <summary>Amazon MQ with ActiveMQ: the data of each message.</summary>
    public static Envelope ActiveMq { get; } = new RecordsEnvelope("ActiveMQ", "messages", static record => record["data"], Encoded.Base64);

    /// <summary>Amazon MQ with RabbitMQ: the data of each message of all queues.</summary>
    public static Envelope RabbitMq { get; } = new GroupedRecordsEnvelope("RabbitMQ", "rmqMessagesByQueue", "data");

    /// <summary>The payload of a service that is not named here: the value that a path of member names leads to.</summary>
    /// <param name="path">The names, outermost first.</param>
    public static Envelope At(params string[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new MemberEnvelope("step input", path);
    }

    /// <summary>Set where the step is called once a record.</summary>
    internal virtual EachRecordEnvelope? Each => null;

    /// <summary>Takes out the payload.</summary>
    /// <exception cref="PayloadException">The payload isn't an event of this service, or holds more records than the step takes.</exception>
    internal abstract JsonValue Open(JsonValue payload, EnvelopeTarget target);

    static BatchEnvelope OfMessages(string service, Func<JsonValue, JsonValue?> content, Encoded encoded) =>
        new(service, new RecordsEnvelope(service, "Records", content, encoded), RecordIdentity.OfSqs);

    static JsonValue? Body(JsonValue record) => record["body"] switch
    {
        JsonString body => Content.TryParse(body.Value, out var message) ? message : null,
        var other => other,
    };
}
