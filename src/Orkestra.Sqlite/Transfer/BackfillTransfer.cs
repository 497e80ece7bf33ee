using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Transfer;

/// <summary>A backfill with its items as a line of JSON.</summary>
internal static class BackfillTransfer
{
    internal static JsonObject LineOf(BackfillRecord backfill, IReadOnlyList<BackfillItem> items)
    {
        var line = new JsonObject.Builder()
            .Set("orkestra", TransferFormat.Backfill).Set("v", TransferFormat.Version)
            .Set("id", backfill.Id).Set("workflow", backfill.Workflow).Set("keys", backfill.Keys).Set("policy", backfill.Policy).Set("concurrency", backfill.Concurrency)
            .Set("status", backfill.Status.ToString()).Set("created", TransferFormat.TextOf(backfill.Created));
        if (backfill.Ended is { } ended) line.Set("ended", TransferFormat.TextOf(ended));
        return line.Set("items", JsonArray.Create(items.Select(item => (JsonValue)ValueOf(item)))).Build();
    }

    /// <exception cref="FormatException">A member is missing or cannot be read.</exception>
    internal static (BackfillRecord Backfill, IReadOnlyList<BackfillItem> Items) BackfillOf(JsonValue line)
    {
        if (line["items"] is not JsonArray items) throw TransferFormat.Missing("items");
        var backfill = new BackfillRecord
        {
            Id = TransferFormat.Text(line, "id"),
            Workflow = TransferFormat.Text(line, "workflow"),
            Keys = TransferFormat.Text(line, "keys"),
            Policy = TransferFormat.Text(line, "policy"),
            Concurrency = (int)TransferFormat.Number(line, "concurrency"),
            Status = TransferFormat.Name<BackfillStatus>(line, "status"),
            Created = TransferFormat.Time(line, "created") ?? throw TransferFormat.Missing("created"),
            Ended = TransferFormat.Time(line, "ended"),
        };
        return (backfill, [.. items.Select(ItemOf)]);
    }

    static JsonObject ValueOf(BackfillItem item)
    {
        var json = new JsonObject.Builder().Set("key", item.Key).Set("run", item.RunName).Set("earlierRuns", item.EarlierRuns).Set("status", item.Status.ToString());
        if (item.Problem is { } problem) json.Set("problem", problem);
        return json.Build();
    }

    static BackfillItem ItemOf(JsonValue item, int position) => new()
    {
        Position = position,
        Key = TransferFormat.Text(item, "key"),
        RunName = TransferFormat.Text(item, "run"),
        EarlierRuns = (int)TransferFormat.Number(item, "earlierRuns"),
        Status = TransferFormat.Name<BackfillItemStatus>(item, "status"),
        Problem = TransferFormat.TextOrNull(item, "problem"),
    };
}
