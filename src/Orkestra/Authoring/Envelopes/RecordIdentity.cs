using System.Globalization;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>What tells a record apart from the others of its batch.</summary>
/// <param name="Id">What the source knows it by, and is told when it failed.</param>
/// <param name="Key">The same for each try of this record and for no other record.</param>
/// <param name="Line">The line it stands in, behind those that came before it; null where records are in no order.</param>
/// <param name="Attempt">Which try of the record this is; null where the source does not say.</param>
internal readonly record struct RecordIdentity(JsonValue Id, string Key, string? Line = null, int? Attempt = null)
{
    // In a FIFO queue and in a stream nothing may overtake: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
    const string OneLine = "";

    public static RecordIdentity? OfSqs(JsonValue record) =>
        record["messageId"] is JsonString id
            ? new(id, id.Value, IsFifo(record) ? OneLine : null, Count(record["attributes"]?["ApproximateReceiveCount"]))
            : null;

    public static RecordIdentity? OfKinesis(JsonValue record) => OfStream(record, record["kinesis"]?["sequenceNumber"] ?? record["sequenceNumber"]);

    public static RecordIdentity? OfDynamoDb(JsonValue record) => OfStream(record, record["dynamodb"]?["SequenceNumber"]);

    // https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html: text, as for the other sources, is refused here.
    public static RecordIdentity? OfKafka(JsonValue record)
    {
        if (record["topic"] is not JsonString topic || record["partition"] is not JsonNumber partition || record["offset"] is not JsonNumber offset) return null;
        var line = $"{topic.Value}-{partition.ToJson()}";
        return new(JsonObject.Create(("partition", line), ("offset", offset)), $"{line}@{offset.ToJson()}", line);
    }

    static RecordIdentity? OfStream(JsonValue record, JsonValue? sequence) =>
        sequence is JsonString number ? new(number, (record["eventID"] as JsonString)?.Value ?? number.Value, OneLine) : null;

    static bool IsFifo(JsonValue record) => record["eventSourceARN"] is JsonString queue && queue.Value.EndsWith(".fifo", StringComparison.Ordinal);

    static int? Count(JsonValue? text) =>
        text is JsonString count && int.TryParse(count.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
