using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Engine.Signals;

namespace Orkestra.Sqlite.Packing;

/// <summary>The numbers that stand in a file for names. A number is never changed and never used again.</summary>
internal static class StoredCodes
{
    static readonly ExecutionSignalKind?[] Kinds =
    [
        null,
        ExecutionSignalKind.Started, ExecutionSignalKind.TaskSucceeded, ExecutionSignalKind.TaskFailed, ExecutionSignalKind.TaskSubmitted,
        ExecutionSignalKind.TaskHeartbeat, ExecutionSignalKind.CallbackSucceeded, ExecutionSignalKind.CallbackFailed, ExecutionSignalKind.ActivityScheduled,
        ExecutionSignalKind.ActivityStarted, ExecutionSignalKind.TimePassed, ExecutionSignalKind.Resumed, ExecutionSignalKind.Continued,
        ExecutionSignalKind.Stopped, ExecutionSignalKind.Faulted, ExecutionSignalKind.Redriven, ExecutionSignalKind.ItemsRead,
        ExecutionSignalKind.ItemsFailed, ExecutionSignalKind.ChildSucceeded, ExecutionSignalKind.ChildFailed, ExecutionSignalKind.ResultsWritten,
        ExecutionSignalKind.ResultsFailed, ExecutionSignalKind.MapRunUpdated,
    ];

    static readonly ExecutionStatus[] Statuses =
        [ExecutionStatus.Running, ExecutionStatus.Succeeded, ExecutionStatus.Failed, ExecutionStatus.TimedOut, ExecutionStatus.Aborted];

    static readonly StateMachineType[] Types = [StateMachineType.Standard, StateMachineType.Express];

    internal static ReadOnlySpan<ExecutionStatus> AllStatuses => Statuses;

    /// <summary>The number of a kind of signals; 0 for a kind that has none.</summary>
    internal static byte Of(ExecutionSignalKind kind) => (byte)Math.Max(0, Array.IndexOf(Kinds, kind));

    internal static byte Of(ExecutionStatus status) => (byte)Array.IndexOf(Statuses, status);

    internal static byte Of(StateMachineType type) => (byte)Array.IndexOf(Types, type);

    /// <exception cref="FormatException">No kind has the number.</exception>
    internal static ExecutionSignalKind KindOf(byte code) =>
        code < Kinds.Length && Kinds[code] is { } kind ? kind : throw new FormatException($"No kind of signals has the number {code} in this version of Orkestra.");

    /// <exception cref="FormatException">No status has the number.</exception>
    internal static ExecutionStatus StatusOf(long code) =>
        code >= 0 && code < Statuses.Length ? Statuses[code] : throw new FormatException($"No status has the number {code} in this version of Orkestra.");

    /// <exception cref="FormatException">No type has the number.</exception>
    internal static StateMachineType TypeOf(long code) =>
        code >= 0 && code < Types.Length ? Types[code] : throw new FormatException($"No type of state machines has the number {code} in this version of Orkestra.");
}
