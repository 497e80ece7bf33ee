using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Envelopes;

/// <summary>An event that holds records, to be read one by one.</summary>
internal interface IRecords
{
    /// <summary>The records as they came.</summary>
    /// <exception cref="PayloadException">The payload isn't an event of this service.</exception>
    IReadOnlyList<JsonValue> Split(JsonValue payload);

    /// <summary>What a record holds.</summary>
    /// <exception cref="PayloadException">It holds nothing as the service gives it.</exception>
    JsonValue Read(JsonValue record, int index, bool asText);
}
