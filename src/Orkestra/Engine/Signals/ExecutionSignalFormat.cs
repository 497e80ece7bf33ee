using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Signals;

/// <summary>
/// The stored form of signals: one JSON object each, with the version of the form in <c>v</c>. Members with their usual value are left out, and a reader skips members
/// it does not know. A form that older readers would misread gets a higher version. This version reads versions 1 and 2; version 2 added <c>state</c>, the two callback
/// kinds, <c>Faulted</c>, and the definition's hash in <c>start</c>.
/// </summary>
internal static class ExecutionSignalFormat
{
    const int Version = 2;
    const int Oldest = 1;

    // Executions from before there were others do not name their rules.
    const int OldestRules = 1;

    static readonly JsonReadOptions Deep = new() { MaxDepth = JsonWriter.MaxDepth };

    internal static void Write(in ExecutionSignal signal, IBufferWriter<byte> destination)
    {
        var json = new JsonObject.Builder(8).Set("v", Version).Set("kind", signal.Kind.ToString()).Set("ticks", signal.Ticks);
        if (signal.Task != default) json.Set("slot", signal.Task.Slot).Set("generation", signal.Task.Generation);
        if (signal.StateName is { } state) json.Set("state", state);
        if (signal.Index != 0) json.Set("index", signal.Index);
        if (signal.Error is { } error) json.Set("error", error);
        if (signal.Cause is { } cause) json.Set("cause", cause);
        if (signal.Start is { } start) json.Set("start", Of(start));
        else if (signal.Value is { } value) json.Set("value", value);
        if (signal.Child is { } child) json.Set("child", JsonObject.Create(("status", child.Status.ToString()), ("started", child.StartTime.UtcTicks), ("stopped", child.StopTime.UtcTicks)));
        if (signal.Origins is { Count: > 0 } origins) json.Set("origins", JsonArray.Create(origins.Select(Of)));
        JsonWriter.Write(json.Build(), destination);
    }

    internal static ExecutionSignal Read(ReadOnlySpan<byte> utf8Json)
    {
        JsonValue json;
        try
        {
            json = JsonValue.Parse(utf8Json, Deep);
        }
        catch (JsonFormatException problem)
        {
            throw new FormatException($"Not a signal of an execution: {problem.Message}", problem);
        }

        var version = Number(json, "v", 0);
        if (version is < Oldest or > Version)
            throw new FormatException($"This version of Orkestra cannot read the signal of an execution: its 'v' is {json["v"]?.ToJson() ?? "missing"}, and versions {Oldest} to {Version} are readable.");
        var start = json["start"] is { } begun ? StartOf(begun) : null;
        var signal = new ExecutionSignal(
            Name<ExecutionSignalKind>(json, "kind"),
            Ticks(json, "ticks"),
            new TaskId((int)Number(json, "slot", 0), (int)Number(json, "generation", 0)),
            start?.Input ?? json["value"],
            Text(json, "error"),
            Text(json, "cause"),
            DetailsOf(json, start),
            (int)Number(json, "index", 0),
            Text(json, "state"));
        return IsWhole(signal) ? signal : throw new FormatException($"Not a signal of an execution: a '{signal.Kind}' needs members that are missing.");
    }

    static object? DetailsOf(JsonValue json, ExecutionStart? start)
    {
        if (start is not null) return start;
        if (json["child"] is { } child) return ChildOf(child);
        return json["origins"] is JsonArray origins ? OriginsOf(origins) : null;
    }

    static bool IsWhole(in ExecutionSignal signal) => signal.Kind switch
    {
        ExecutionSignalKind.Started => signal.Start is not null,
        ExecutionSignalKind.TaskSucceeded or ExecutionSignalKind.TaskSubmitted or ExecutionSignalKind.CallbackSucceeded or ExecutionSignalKind.ResultsWritten => signal.Value is not null,
        ExecutionSignalKind.ItemsRead => signal.Value is JsonArray,
        ExecutionSignalKind.ChildSucceeded or ExecutionSignalKind.ChildFailed => signal.Value is not null && signal.Child is not null,
        ExecutionSignalKind.MapRunUpdated => signal.Value is JsonObject && signal.Cause is not null,
        _ => true,
    };

    static JsonObject Of(ExecutionStart start)
    {
        var json = new JsonObject.Builder(8).Set("input", start.Input).Set("seed", start.Seed.ToString("x16", CultureInfo.InvariantCulture)).Set("type", start.Type.ToString());
        if (start.Name is not null) json.Set("name", start.Name);
        if (start.DefinitionHash is not null) json.Set("definition", start.DefinitionHash);
        if (start.Machine != MachineIdentity.Default) json.Set("machine", Of(start.Machine));
        if (start.Quotas != ExecutionQuotas.Aws) json.Set("quotas", Of(start.Quotas));
        if (start.Parent is { } parent) json.Set("parent", JsonObject.Create(("executionArn", parent.ExecutionArn), ("mapRunArn", parent.MapRunArn), ("redrives", parent.Redrives)));
        if (start.StartedBy is not null) json.Set("startedBy", start.StartedBy);
        if (start.TraceHeader is not null) json.Set("traceHeader", start.TraceHeader);
        if (start.MapItem is not null) json.Set("mapItem", start.MapItem);
        if (start.Variables is not null) json.Set("variables", start.Variables);
        if (start.Rules != OldestRules) json.Set("rules", start.Rules);
        return json.Build();
    }

    static JsonObject Of(ExecutionQuotas quotas)
    {
        var json = JsonObject.Create(
            ("maxPayloadBytes", quotas.MaxPayloadBytes),
            ("maxHistoryEvents", quotas.MaxHistoryEvents),
            ("maxInlineConcurrency", quotas.MaxInlineConcurrency),
            ("maxDistributedConcurrency", quotas.MaxDistributedConcurrency),
            ("maxExpressTicks", quotas.MaxExpressDuration.Ticks),
            ("maxStandardTicks", quotas.MaxStandardDuration.Ticks),
            ("maxExpressHistoryEvents", quotas.MaxExpressHistoryEvents),
            ("maxVariableBytes", quotas.MaxVariableBytes));
        return quotas.WaitTimeScale == 1 ? json : json.With("waitTimeScale", quotas.WaitTimeScale);
    }

    static JsonObject Of(MachineIdentity machine)
    {
        var json = new JsonObject.Builder(8)
            .Set("name", machine.Name).Set("roleArn", machine.RoleArn).Set("partition", machine.Partition).Set("region", machine.Region).Set("accountId", machine.AccountId);
        if (machine.VersionArn is not null) json.Set("versionArn", machine.VersionArn);
        if (machine.AliasArn is not null) json.Set("aliasArn", machine.AliasArn);
        if (machine.RevisionId is not null) json.Set("revisionId", machine.RevisionId);
        return json.Build();
    }

    static ExecutionStart StartOf(JsonValue json) => new()
    {
        Input = json["input"] ?? throw Missing("input"),
        Seed = ulong.TryParse(Text(json, "seed"), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var seed) ? seed : throw Missing("seed"),
        Name = Text(json, "name"),
        DefinitionHash = Text(json, "definition"),
        Type = Name<StateMachineType>(json, "type"),
        Machine = json["machine"] is not { } machine ? MachineIdentity.Default : new MachineIdentity
        {
            Name = Needed(machine, "name"),
            RoleArn = Needed(machine, "roleArn"),
            Partition = Needed(machine, "partition"),
            Region = Needed(machine, "region"),
            AccountId = Needed(machine, "accountId"),
            VersionArn = Text(machine, "versionArn"),
            AliasArn = Text(machine, "aliasArn"),
            RevisionId = Text(machine, "revisionId"),
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
            MaxVariableBytes = Number(quotas, "maxVariableBytes", ExecutionQuotas.Aws.MaxVariableBytes),
            WaitTimeScale = quotas["waitTimeScale"] is JsonNumber scale ? scale.Value : 1,
        },
        Parent = json["parent"] is { } parent ? new ParentMapRun(Needed(parent, "executionArn"), Needed(parent, "mapRunArn"), (int)Number(parent, "redrives")) : null,
        StartedBy = Text(json, "startedBy"),
        TraceHeader = Text(json, "traceHeader"),
        MapItem = json["mapItem"] as JsonObject,
        Variables = json["variables"] as JsonObject,
        Rules = (int)Number(json, "rules", OldestRules),
    };

    static JsonValue Of(ItemOrigin origin)
    {
        var json = new JsonObject.Builder(3).Set("count", origin.Count);
        if (origin.Source is { } source) json.Set("source", source);
        if (origin.HasKeys) json.Set("keys", true);
        return json.Build();
    }

    static ItemOrigin[] OriginsOf(JsonArray json) =>
        [.. json.Select(origin => new ItemOrigin(Text(origin, "source"), (int)Number(origin, "count"), origin["keys"] == (JsonValue)true))];

    static ChildEnding ChildOf(JsonValue json) => new()
    {
        Status = Name<ExecutionStatus>(json, "status"),
        StartTime = new DateTimeOffset(Ticks(json, "started"), TimeSpan.Zero),
        StopTime = new DateTimeOffset(Ticks(json, "stopped"), TimeSpan.Zero),
    };

    static T Name<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields)] T>(JsonValue json, string member)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(json, member), out var value) && Enum.IsDefined(value) ? value : throw Missing(member);

    static long Ticks(JsonValue json, string member) => Number(json, member) is >= 0 and var ticks && ticks <= DateTime.MaxValue.Ticks ? ticks : throw Missing(member);

    static string Needed(JsonValue json, string member) => Text(json, member) ?? throw Missing(member);

    static string? Text(JsonValue json, string member) => (json[member] as JsonString)?.Value;

    static long Number(JsonValue json, string member, long? otherwise = null) =>
        json[member] is JsonNumber number && number.TryGetInt64(out var value) ? value : otherwise ?? throw Missing(member);

    static FormatException Missing(string member) => new($"Not a signal of an execution: its '{member}' is missing or cannot be read.");
}
