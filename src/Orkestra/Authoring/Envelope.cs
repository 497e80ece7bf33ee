using Orkestra.Authoring.Envelopes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>
/// What an AWS service puts around the payload it hands to a function. A step with an envelope is given what is inside, here as in the cloud. An event that
/// holds several records gives an array; a step that takes a single value gets the only record of an event that holds one.
/// </summary>
/// <example><code>static readonly Step&lt;Order[], Nothing&gt; Book = new(orders => …) { Envelope = Envelope.Sqs };</code></example>
public abstract class Envelope
{
    private protected Envelope()
    {
    }

    /// <summary>An EventBridge event: its <c>detail</c>.</summary>
    public static Envelope EventBridge { get; } = new MemberEnvelope("EventBridge", "detail");

    /// <summary>SQS: the body of each message.</summary>
    public static Envelope Sqs { get; } = new RecordsEnvelope("SQS", "Records", static record => record["body"], Encoded.Text);

    /// <summary>SNS: each message.</summary>
    public static Envelope Sns { get; } = new RecordsEnvelope("SNS", "Records", static record => record["Sns"]?["Message"], Encoded.Text);

    /// <summary>SNS through SQS (without raw delivery): each message.</summary>
    public static Envelope SnsInSqs { get; } = new RecordsEnvelope(
        "SNS in SQS", "Records", static record => record["body"] is JsonString body && Content.TryParse(body.Value, out var message) ? message["Message"] : null, Encoded.Text);

    /// <summary>EventBridge through SQS: the <c>detail</c> of each event.</summary>
    public static Envelope EventBridgeInSqs { get; } = new RecordsEnvelope(
        "EventBridge in SQS", "Records", static record => record["body"] is JsonString body && Content.TryParse(body.Value, out var message) ? message["detail"] : null, Encoded.Not);

    /// <summary>An API Gateway REST or HTTP API, a function URL, or an Application Load Balancer: the request's body.</summary>
    public static Envelope Http { get; } = new BodyEnvelope("an HTTP request");

    /// <summary>An API Gateway REST or HTTP API: the request's body.</summary>
    public static Envelope ApiGateway { get; } = new BodyEnvelope("API Gateway");

    /// <summary>An Application Load Balancer: the request's body.</summary>
    public static Envelope ApplicationLoadBalancer { get; } = new BodyEnvelope("an Application Load Balancer");

    /// <summary>S3 notifications: bucket and object of each, <c>{"bucket":{"name":…},"object":{"key":…,"size":…}}</c>, with the key decoded.</summary>
    public static Envelope S3 { get; } = new RecordsEnvelope("S3", "Records", static record => record["s3"], Encoded.S3);

    /// <summary>Kinesis: the data of each record.</summary>
    public static Envelope Kinesis { get; } = new RecordsEnvelope("Kinesis", "Records", static record => record["kinesis"]?["data"], Encoded.Base64);

    /// <summary>Amazon Data Firehose: the data of each record.</summary>
    public static Envelope Firehose { get; } = new RecordsEnvelope("Firehose", "records", static record => record["data"], Encoded.Base64);

    /// <summary>DynamoDB streams: the new image of each record as plain JSON; the old one where an item was removed.</summary>
    public static Envelope DynamoDb { get; } = new RecordsEnvelope(
        "DynamoDB", "Records", static record => record["dynamodb"]?["NewImage"] ?? record["dynamodb"]?["OldImage"], Encoded.DynamoDb);

    /// <summary>CloudWatch Logs: the message of each log event.</summary>
    public static Envelope CloudWatchLogs { get; } = new CloudWatchLogsEnvelope();

    /// <summary>Kafka (MSK or self-managed): the value of each record of all topics.</summary>
    public static Envelope Kafka { get; } = new KafkaEnvelope();

    /// <summary>The payload of a service that is not named here: the value that a path of member names leads to.</summary>
    /// <param name="path">The names, outermost first.</param>
    public static Envelope At(params string[] path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new MemberEnvelope("what the step expects", path);
    }

    /// <summary>Takes out the payload.</summary>
    /// <exception cref="PayloadException">The event is none of this service, or holds more than the step takes.</exception>
    internal abstract JsonValue Open(JsonValue payload, EnvelopeTarget target);
}
