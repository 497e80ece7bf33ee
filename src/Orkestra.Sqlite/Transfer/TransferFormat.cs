using System.Buffers;
using System.Globalization;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.Reading;

namespace Orkestra.Sqlite.Transfer;

/// <summary>
/// Executions, definitions and backfills as lines of JSON. <c>orkestra</c> says which of them a line is, and <c>v</c> has the version of the form, 1. Signals are as
/// <see cref="ExecutionSignal.Write"/> gives them; the input of an execution is in the first one.
/// </summary>
internal static class TransferFormat
{
    internal const string Execution = "execution";
    internal const string Definition = "definition";
    internal const string Backfill = "backfill";
    internal const int Version = 1;

    internal static JsonObject LineOf(StateMachineRevision revision) =>
        new JsonObject.Builder().Set("orkestra", Definition).Set("v", Version).Set("hash", revision.Hash).Set("definition", revision.Definition).Build();

    internal static JsonObject LineOf(StoredExecution execution)
    {
        var record = execution.Record;
        var line = new JsonObject.Builder()
            .Set("orkestra", Execution).Set("v", Version)
            .Set("arn", record.Arn).Set("name", record.Name).Set("stateMachineArn", record.StateMachineArn).Set("type", record.Type.ToString())
            .Set("status", record.Status.ToString()).Set("startTime", TextOf(record.StartTime));
        if (record.StopTime is { } stop) line.Set("stopTime", TextOf(stop));
        line.Set("definitionHash", record.DefinitionHash).Set("historyCount", record.HistoryCount);
        if (record.IsIdle) line.Set("isIdle", true);
        if (record.NextDue is { } due) line.Set("nextDue", TextOf(due));
        if (record.Parent is { } parent) line.Set("parent", JsonObject.Create(("executionArn", parent.ExecutionArn), ("mapRunArn", parent.MapRunArn), ("redrives", parent.Redrives)));
        if (record.RedriveCount > 0) line.Set("redriveCount", record.RedriveCount);
        if (record.RedriveTime is { } redriven) line.Set("redriveTime", TextOf(redriven));
        if (record.StateMachineVersionArn is not null) line.Set("stateMachineVersionArn", record.StateMachineVersionArn);
        if (record.StateMachineAliasArn is not null) line.Set("stateMachineAliasArn", record.StateMachineAliasArn);
        if (record.Output is not null) line.Set("output", record.Output);
        if (record.Error is not null) line.Set("error", record.Error);
        if (record.Cause is not null) line.Set("cause", record.Cause);
        if (execution.Tokens.Count > 0) line.Set("tokens", JsonArray.Create(execution.Tokens.Select(token => (JsonValue)token)));
        if (execution.StepLogs.Count > 0) line.Set("stepLogs", JsonArray.Create(execution.StepLogs.Select(logged => (JsonValue)StepLogTransfer.ValueOf(logged))));
        return line.Set("signals", JsonArray.Create(execution.Signals.Select(ValueOf))).Build();
    }

    /// <summary>What a line is: <see cref="Execution"/>, <see cref="Definition"/> or <see cref="Backfill"/>.</summary>
    /// <exception cref="FormatException">The kind is unknown, or a later version wrote the line.</exception>
    internal static string KindOf(JsonValue line)
    {
        var kind = TextOrNull(line, "orkestra");
        if (kind is not (Execution or Definition or Backfill)) throw new FormatException("It is neither an execution nor a definition or a backfill that Orkestra exported.");
        var version = Number(line, "v");
        return version == Version ? kind : throw new FormatException($"It has the form {version}, and this version of Orkestra reads the form {Version}.");
    }

    /// <exception cref="FormatException">A member is missing or cannot be read.</exception>
    internal static StateMachineRevision DefinitionOf(JsonValue line) => new(Text(line, "hash"), Text(line, "definition"));

    /// <exception cref="FormatException">A member is missing or cannot be read.</exception>
    internal static StoredExecution ExecutionOf(JsonValue line)
    {
        if (line["signals"] is not JsonArray { Count: > 0 } array) throw Missing("signals");
        ExecutionSignal[] signals = [.. array.Select(signal => ExecutionSignal.Read(signal.ToUtf8Bytes()))];
        var record = new ExecutionRecord
        {
            Arn = Text(line, "arn"),
            Name = Text(line, "name"),
            StateMachineArn = Text(line, "stateMachineArn"),
            Type = Name<StateMachineType>(line, "type"),
            Status = Name<ExecutionStatus>(line, "status"),
            StartTime = Time(line, "startTime") ?? throw Missing("startTime"),
            StopTime = Time(line, "stopTime"),
            DefinitionHash = Text(line, "definitionHash"),
            Sequence = signals.Length,
            HistoryCount = (int)Number(line, "historyCount"),
            IsIdle = line["isIdle"] is JsonBoolean { Value: true },
            NextDue = Time(line, "nextDue"),
            Parent = line["parent"] is { } parent ? new ParentMapRun(Text(parent, "executionArn"), Text(parent, "mapRunArn"), (int)Number(parent, "redrives")) : null,
            RedriveCount = line["redriveCount"] is null ? 0 : (int)Number(line, "redriveCount"),
            RedriveTime = Time(line, "redriveTime"),
            StateMachineVersionArn = TextOrNull(line, "stateMachineVersionArn"),
            StateMachineAliasArn = TextOrNull(line, "stateMachineAliasArn"),
            Input = signals[0].Start?.Input ?? throw new FormatException("Its first signal is not its start."),
            Output = line["output"],
            Error = TextOrNull(line, "error"),
            Cause = TextOrNull(line, "cause"),
        };
        var tokens = line["tokens"] is JsonArray known ? known.Select(token => (token as JsonString)?.Value ?? throw Missing("tokens")).ToArray() : [];
        var logs = line["stepLogs"] is JsonArray lines ? lines.Select(logged => StepLogTransfer.LineOf(logged, record.Arn)).ToArray() : [];
        return new StoredExecution(record, signals, tokens) { StepLogs = logs };
    }

    static JsonValue ValueOf(ExecutionSignal signal)
    {
        var buffer = new ArrayBufferWriter<byte>();
        signal.Write(buffer);
        return JsonValue.Parse(buffer.WrittenSpan, Packing.PackedReader.Deep);
    }

    internal static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    internal static DateTimeOffset? Time(JsonValue line, string member)
    {
        if (TextOrNull(line, member) is not { } text) return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : throw Missing(member);
    }

    internal static T Name<T>(JsonValue line, string member)
        where T : struct, Enum =>
        Enum.TryParse<T>(Text(line, member), out var value) && Enum.IsDefined(value) ? value : throw Missing(member);

    internal static string Text(JsonValue line, string member) => TextOrNull(line, member) ?? throw Missing(member);

    internal static string? TextOrNull(JsonValue line, string member) => (line[member] as JsonString)?.Value;

    internal static long Number(JsonValue line, string member) => line[member] is JsonNumber number && number.TryGetInt64(out var value) ? value : throw Missing(member);

    internal static FormatException Missing(string member) => new($"Its '{member}' is missing or cannot be read.");
}
