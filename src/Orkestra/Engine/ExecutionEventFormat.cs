using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

/// <summary>
/// Events as a store keeps them: one object of JSON each, with the version of the form in <c>v</c>. Members that have their usual value are left out, members
/// a reader does not know are passed over; a form that older readers would misread gets a higher version.
/// </summary>
internal static class ExecutionEventFormat
{
    const int Version = 1;

    static readonly JsonReadOptions Deep = new() { MaxDepth = JsonWriter.MaxDepth };

    internal static void Write(in ExecutionEvent happened, IBufferWriter<byte> destination)
    {
        var json = new JsonObject.Builder(8).Set("v", Version).Set("kind", happened.Kind.ToString()).Set("ticks", happened.Ticks);
        if (happened.Task != default) json.Set("slot", happened.Task.Slot).Set("generation", happened.Task.Generation);
        if (happened.Index != 0) json.Set("index", happened.Index);
        if (happened.Error is { } error) json.Set("error", error);
        if (happened.Cause is { } cause) json.Set("cause", cause);
        if (happened.Start is { } start) json.Set("start", Of(start));
        else if (happened.Value is { } value) json.Set("value", value);
        if (happened.Child is { } child) json.Set("child", JsonObject.Create(("status", child.Status.ToString()), ("started", child.Started), ("stopped", child.Stopped)));
        JsonWriter.Write(json.Build(), destination);
    }

    internal static ExecutionEvent Read(ReadOnlySpan<byte> utf8Json)
    {
        JsonValue json;
        try
        {
            json = JsonValue.Parse(utf8Json, Deep);
        }
        catch (JsonFormatException problem)
        {
            throw new FormatException($"This is no event of an execution: {problem.Message}", problem);
        }

        if (Number(json, "v", 0) is var version && version != Version)
            throw new FormatException($"This is no event of an execution that this version of Orkestra can read: its 'v' is {json["v"]?.ToJson() ?? "missing"}, not {Version}.");
        var start = json["start"] is { } begun ? StartOf(begun) : null;
        return new ExecutionEvent(
            Name<ExecutionEventKind>(json, "kind"),
            Number(json, "ticks"),
            new TaskId((int)Number(json, "slot", 0), (int)Number(json, "generation", 0)),
            start?.Input ?? json["value"],
            Text(json, "error"),
            Text(json, "cause"),
            start ?? (json["child"] is { } child ? ChildOf(child) : null) as object,
            (int)Number(json, "index", 0));
    }

    static JsonObject Of(ExecutionStart start)
    {
        var json = new JsonObject.Builder(8).Set("input", start.Input).Set("seed", start.Seed.ToString("x16", CultureInfo.InvariantCulture)).Set("type", start.Type.ToString());
        if (start.Name is not null) json.Set("name", start.Name);
        if (start.Machine != MachineIdentity.Default)
        {
            json.Set("machine", JsonObject.Create(
                ("name", start.Machine.Name), ("roleArn", start.Machine.RoleArn), ("partition", start.Machine.Partition), ("region", start.Machine.Region), ("accountId", start.Machine.AccountId)));
        }

        if (start.Quotas != ExecutionQuotas.Aws)
        {
            json.Set("quotas", JsonObject.Create(
                ("maxPayloadBytes", start.Quotas.MaxPayloadBytes),
                ("maxHistoryEvents", start.Quotas.MaxHistoryEvents),
                ("maxInlineConcurrency", start.Quotas.MaxInlineConcurrency),
                ("maxDistributedConcurrency", start.Quotas.MaxDistributedConcurrency),
                ("maxExpressTicks", start.Quotas.MaxExpressDuration.Ticks),
                ("maxStandardTicks", start.Quotas.MaxStandardDuration.Ticks),
                ("maxExpressHistoryEvents", start.Quotas.MaxExpressHistoryEvents)));
        }

        if (start.Parent is { } parent) json.Set("parent", JsonObject.Create(("executionArn", parent.ExecutionArn), ("mapRunArn", parent.MapRunArn), ("redrives", parent.Redrives)));
        if (start.MapItem is not null) json.Set("mapItem", start.MapItem);
        if (start.Variables is not null) json.Set("variables", start.Variables);
        return json.Build();
    }

    static ExecutionStart StartOf(JsonValue json) => new()
    {
        Input = json["input"] ?? throw Missing("input"),
        Seed = ulong.TryParse(Text(json, "seed"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seed) ? seed : throw Missing("seed"),
        Name = Text(json, "name"),
        Type = Name<StateMachineType>(json, "type"),
        Machine = json["machine"] is not { } machine ? MachineIdentity.Default : new MachineIdentity
        {
            Name = Needed(machine, "name"),
            RoleArn = Needed(machine, "roleArn"),
            Partition = Needed(machine, "partition"),
            Region = Needed(machine, "region"),
            AccountId = Needed(machine, "accountId"),
        },
        Quotas = json["quotas"] is not { } quotas ? ExecutionQuotas.Aws : new ExecutionQuotas
        {
            MaxPayloadBytes = (int)Number(quotas, "maxPayloadBytes"),
            MaxHistoryEvents = (int)Number(quotas, "maxHistoryEvents"),
            MaxInlineConcurrency = (int)Number(quotas, "maxInlineConcurrency"),
            MaxDistributedConcurrency = (int)Number(quotas, "maxDistributedConcurrency"),
            MaxExpressDuration = new TimeSpan(Number(quotas, "maxExpressTicks", ExecutionQuotas.Aws.MaxExpressDuration.Ticks)),
            MaxStandardDuration = new TimeSpan(Number(quotas, "maxStandardTicks", ExecutionQuotas.Aws.MaxStandardDuration.Ticks)),
            MaxExpressHistoryEvents = (int)Number(quotas, "maxExpressHistoryEvents", ExecutionQuotas.Aws.MaxExpressHistoryEvents),
        },
        Parent = json["parent"] is { } parent ? new ParentMapRun(Needed(parent, "executionArn"), Needed(parent, "mapRunArn"), (int)Number(parent, "redrives")) : null,
        MapItem = json["mapItem"] as JsonObject,
        Variables = json["variables"] as JsonObject,
    };

    static ChildEnding ChildOf(JsonValue json) => new()
    {
        Status = Name<ExecutionStatus>(json, "status"),
        Started = Number(json, "started"),
        Stopped = Number(json, "stopped"),
    };

    static T Name<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] T>(JsonValue json, string member)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(json, member), out var value) ? value : throw Missing(member);

    static string Needed(JsonValue json, string member) => Text(json, member) ?? throw Missing(member);

    static string? Text(JsonValue json, string member) => (json[member] as JsonString)?.Value;

    static long Number(JsonValue json, string member, long? otherwise = null) =>
        json[member] is JsonNumber number && number.TryGetInt64(out var value) ? value : otherwise ?? throw Missing(member);

    static FormatException Missing(string member) => new($"This is no event of an execution: its '{member}' is missing or cannot be read.");
}
