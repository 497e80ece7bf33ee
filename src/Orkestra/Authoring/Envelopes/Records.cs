using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>Gives a step its records: all, or the only one.</summary>
internal static class Records
{
    public static JsonValue Of(IRecords source, JsonValue payload, EnvelopeTarget target) =>
        Of([.. source.Split(payload).Select((record, index) => source.Read(record, index, target.Text))], target);

    public static JsonValue Of(JsonValue[] records, EnvelopeTarget target) =>
        target.Many ? JsonArray.Create(records)
        : records.Length == 1 ? records[0]
        : throw new PayloadException($"The event holds {records.Length} records and the step takes one {target.TypeName}: let it take {target.TypeName}[], or let the source send one at a time.");
}
