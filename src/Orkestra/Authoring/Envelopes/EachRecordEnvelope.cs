using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>
/// Calls a step once a record, and answers with the records that failed:
/// <list type="table">
/// <item><term>every record is done</term><description><c>{"batchItemFailures":[]}</c></description></item>
/// <item><term>some failed</term><description>those; behind one that failed, all in its line, which then are not run</description></item>
/// <item><term>none is done</term><description>an error, so that it shows in the function's metrics; the source still takes the batch back</description></item>
/// <item><term>the time is up</term><description>those that are left failed</description></item>
/// </list>
/// </summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting</remarks>
internal sealed partial class EachRecordEnvelope(BatchEnvelope batch) : Envelope
{
    internal override EachRecordEnvelope Each => this;

    /// <summary>Runs the records one after another.</summary>
    /// <param name="step">The step's name.</param>
    /// <param name="payload">The event.</param>
    /// <param name="asText">Whether the step takes a record's text as it is.</param>
    /// <param name="context">The context of the call.</param>
    /// <param name="call">Calls the step with what a record holds.</param>
    public async ValueTask<JsonValue> RunAsync(string step, JsonValue payload, bool asText, StepContext context, Func<JsonValue, StepContext, ValueTask> call)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        var (records, identities) = Split(step, payload);
        var failed = new List<JsonValue>();
        var blocked = new HashSet<string>(StringComparer.Ordinal);
        Exception? first = null;
        for (var index = 0; index < records.Count; index++)
        {
            var record = records[index];
            var identity = identities[index];
            if (context.CancellationToken.IsCancellationRequested || (identity.Line is { } line && blocked.Contains(line)))
            {
                failed.Add(identity.Id);
                continue;
            }

            try
            {
                await call(Read(step, record, index, asText), context.ForRecord(identity.Key, identity.Attempt)).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a step throws fails its record and no other.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                RecordFailed(context.Logger, identity.Key, step, exception.GetType().Name, exception);
                failed.Add(identity.Id);
                if (identity.Line is { } own) blocked.Add(own);
                first ??= exception;
            }
        }

        if (first is not null && failed.Count == records.Count) Throw(first, records.Count, context);
        return JsonObject.Create(("batchItemFailures", JsonArray.Create([.. failed.Select(id => JsonObject.Create(("itemIdentifier", id)))])));
    }

    internal override JsonValue Open(JsonValue payload, EnvelopeTarget target) => throw new InvalidOperationException("Records are run one by one.");

    (IReadOnlyList<JsonValue> Records, RecordIdentity[] Identities) Split(string step, JsonValue payload)
    {
        try
        {
            var records = batch.Records.Split(payload);
            return (records, [.. records.Select(batch.Identify)]);
        }
        catch (PayloadException exception)
        {
            throw PayloadException.OfInput(step, exception);
        }
    }

    JsonValue Read(string step, JsonValue record, int index, bool asText)
    {
        try
        {
            return batch.Records.Read(record, index, asText);
        }
        catch (PayloadException exception)
        {
            throw PayloadException.OfInput(step, exception);
        }
    }

    static void Throw(Exception first, int count, StepContext context)
    {
        if (count == 1 || (first is OperationCanceledException && context.CancellationToken.IsCancellationRequested)) ExceptionDispatchInfo.Throw(first);
        throw new BatchException($"None of the {count} records of the batch is done. The first failed with {first.GetType().Name}: {first.Message}", first);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Record {Record} of step {Step} failed: {Error}")]
    static partial void RecordFailed(ILogger logger, string record, string step, string error, Exception exception);
}
