using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Signals;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Storage;

namespace Orkestra.Sqlite.Tests.Contract;

/// <summary>Commits as a runtime would make them.</summary>
static class Commits
{
    public static DateTimeOffset Noon { get; } = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public static ExecutionRecord Record(string name, string machine = "Orders", DateTimeOffset? start = null, ParentMapRun? parent = null, JsonValue? input = null) => new()
    {
        Arn = $"arn:aws:states:us-east-1:000000000000:execution:{machine}:{name}",
        Name = name,
        StateMachineArn = $"arn:aws:states:us-east-1:000000000000:stateMachine:{machine}",
        Type = StateMachineType.Standard,
        Status = ExecutionStatus.Running,
        StartTime = start ?? Noon,
        DefinitionHash = "d951",
        Sequence = 1,
        HistoryCount = 2,
        Parent = parent,
        Input = input ?? JsonObject.Create(("order", name)),
    };

    /// <summary>The start of an execution.</summary>
    public static ExecutionCommit Start(ExecutionRecord record, IReadOnlyCollection<string>? tokens = null) => new()
    {
        Execution = record,
        ExpectedSequence = 0,
        Signals = new[] { Started(record) },
        History = default,
        OpenTokens = tokens,
    };

    /// <summary>Further signals, after those the record says.</summary>
    public static ExecutionCommit Next(ExecutionRecord before, ExecutionRecord after, IReadOnlyCollection<string>? tokens, params ExecutionSignal[] signals) => new()
    {
        Execution = after with { Sequence = before.Sequence + signals.Length },
        ExpectedSequence = before.Sequence,
        Signals = signals,
        History = default,
        OpenTokens = tokens,
    };

    public static ExecutionCommit Next(ExecutionRecord before, params ExecutionSignal[] signals) => Next(before, before with { HistoryCount = before.HistoryCount + 5 }, null, signals);

    public static ExecutionSignal Started(ExecutionRecord record)
    {
        var start = new ExecutionStart { Input = record.Input, Seed = 7, Name = record.Name, DefinitionHash = record.DefinitionHash, Parent = record.Parent };
        return new ExecutionSignal(ExecutionSignalKind.Started, record.StartTime.UtcTicks, value: record.Input, details: start);
    }

    public static ExecutionSignal Answer(int generation, JsonValue? value = null, string state = "Work") =>
        new(ExecutionSignalKind.TaskSucceeded, Noon.UtcTicks + generation, new TaskId(0, generation), value ?? generation, stateName: state);

    /// <summary>Signals as JSON, to be compared.</summary>
    public static string[] Texts(IEnumerable<ExecutionSignal> signals) => [.. signals.Select(Text)];

    public static string Text(ExecutionSignal signal)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        signal.Write(buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
