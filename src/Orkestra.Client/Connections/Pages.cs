using System.Runtime.CompilerServices;
using Orkestra.Expressions.Data;

namespace Orkestra.Client.Connections;

/// <summary>Reads lists that come in pages.</summary>
internal static class Pages
{
    /// <summary>All items of a list. A page is read when its first item is asked for.</summary>
    internal static async IAsyncEnumerable<JsonValue> AllAsync(
        WorkflowConnection connection, string action, JsonObject request, string list, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonValue? next = null;
        do
        {
            JsonValue page = await connection.CallAsync(action, next is null ? request : request.With("nextToken", next), cancellationToken).ConfigureAwait(false);
            foreach (var item in page[list] is JsonArray items ? ((IEnumerable<JsonValue>)items).ToArray() : []) yield return item;
            next = page["nextToken"];
        }
        while (next is not null);
    }
}
