using Orkestra.Authoring.Envelopes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring;

/// <summary>An envelope of a source that takes single records of a batch back, to hand them out again: a queue or a stream.</summary>
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
    /// Calls the step once for each record, and answers the source with the records that failed, which are handed out again: the others are done. What the step gives is
    /// dropped. The source has to ask for such an answer (<c>ReportBatchItemFailures</c>), or it takes a batch with failures for done. The step's idempotency key is
    /// the record's, its attempt the queue's count of receipts. Where records are in order (a FIFO queue, a stream, a partition), those behind one that failed are not run and
    /// go back with it. When no record is done the step fails: with the record's own error if there is one record, else with <see cref="BatchException"/>.
    /// </summary>
    /// <remarks>
    /// A workflow has no such source, so a step with this envelope is a function by itself. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    /// </remarks>
    /// <example><code>public static readonly Step&lt;Order, Nothing&gt; Book = new(order =&gt; …) { Envelope = Envelope.Sqs.EachRecord };</code></example>
    public Envelope EachRecord { get; }

    internal IRecords Records => (IRecords)envelope;

    internal RecordIdentity Identify(JsonValue record, int index) =>
        identify(record) ?? throw new PayloadException($"Not a valid {service} event: record {index} has no identifier.");

    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target) => envelope.Open(payload, target);
}
