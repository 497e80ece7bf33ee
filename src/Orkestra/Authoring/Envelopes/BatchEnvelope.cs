using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>The envelope of a source that can take back single records of a batch and deliver them again: a queue or a stream.</summary>
public sealed class BatchEnvelope : Envelope
{
    readonly Envelope envelope;
    readonly string service;
    readonly Func<JsonValue, RecordIdentity?> identify;

    internal BatchEnvelope(string service, Envelope envelope, Func<JsonValue, RecordIdentity?> identify)
    {
        this.service = service;
        this.envelope = envelope;
        this.identify = identify;
        EachRecord = new EachRecordEnvelope(this);
    }

    /// <summary>
    /// Runs the step once for each record and reports the records that failed to the source, which delivers them again; the others are done. The step's output is
    /// discarded. The source must be configured for such a report (<c>ReportBatchItemFailures</c>), or else it treats a batch with failures as processed. The step's idempotency key is
    /// the record's, its attempt the queue's count of receipts. Where records are in order (a FIFO queue, a stream, a partition), the records after a failed one aren't run and
    /// are returned with it. When no record succeeds the step fails: with the record's own error if there is one record, else with <see cref="BatchException"/>.
    /// </summary>
    /// <remarks>
    /// A workflow has no such source, so a step with this envelope must be deployed as a function of its own. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    /// </remarks>
    /// <example><code>public static readonly Step&lt;Order, Nothing&gt; Book = new(order =&gt; …) { Envelope = Envelope.Sqs.EachRecord };</code></example>
    public Envelope EachRecord { get; }

    internal IRecords Records => (IRecords)envelope;

    internal RecordIdentity Identify(JsonValue record, int index) =>
        identify(record) ?? throw new PayloadException($"Not a valid {service} event: record {index} has no identifier.");

    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target) => envelope.Open(payload, target);
}
