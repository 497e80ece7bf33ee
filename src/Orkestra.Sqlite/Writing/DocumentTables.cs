using System.Text;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Files;
using Orkestra.Sqlite.Packing;

namespace Orkestra.Sqlite.Writing;

/// <summary>Definitions, and the catalog of the service.</summary>
internal sealed class DocumentTables(Database database)
{
    readonly Statement addRevision = database.Prepare("INSERT OR IGNORE INTO revisions (hash, checksum, definition) VALUES (?, ?, ?)");
    readonly Statement setEntry = database.Prepare("INSERT OR REPLACE INTO catalog (kind, key, checksum, value) VALUES (?, ?, ?, ?)");
    readonly Statement removeEntry = database.Prepare("DELETE FROM catalog WHERE kind = ? AND key = ?");

    internal void Add(StateMachineRevision revision) =>
        addRevision.Bind(1, revision.Hash).Bind(2, ChecksumOf(revision.Definition)).Bind(3, revision.Definition).Run();

    internal void Write(CatalogEntry entry)
    {
        if (entry.Value is null)
        {
            removeEntry.Bind(1, entry.Kind).Bind(2, entry.Key).Run();
            return;
        }

        var text = entry.Value.ToJson();
        setEntry.Bind(1, entry.Kind).Bind(2, entry.Key).Bind(3, ChecksumOf(text)).Bind(4, text).Run();
    }

    /// <summary>The checksum of a text as it is kept.</summary>
    internal static long ChecksumOf(string text) => Checksum.Of(Encoding.UTF8.GetBytes(text), text.Length, 0);
}
