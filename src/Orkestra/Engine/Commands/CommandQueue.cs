using System.Diagnostics.CodeAnalysis;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Commands;

/// <summary>
/// What an execution has asked for and the host has not taken yet. Requests are kept small and become commands when they are taken; a request whose frame has moved on
/// is dropped.
/// </summary>
internal struct CommandQueue
{
    // Nearly always one request waits at most.
    Request next;
    Queue<Request>? further;

    /// <summary>How many requests wait, outdated ones included.</summary>
    internal readonly int Count => HasNext ? 1 + (further?.Count ?? 0) : 0;

    readonly bool HasNext => next.Kind != RequestKind.None;

    internal void Invoke(Frame frame) => Add(RequestKind.InvokeTask, frame);

    internal void Cancel(Frame frame) => Add(RequestKind.CancelTask, frame);

    internal void ReadItems(Frame frame) => Add(RequestKind.ReadItems, frame);

    internal void StartChild(Frame frame, int index, JsonValue input) => Add(RequestKind.StartChild, frame, index, input);

    internal void WriteResults(Frame frame) => Add(RequestKind.WriteResults, frame);

    internal void StopChildren(Frame frame, string mapRunArn) => Add(RequestKind.StopChildren, frame, payload: mapRunArn);

    /// <summary>Takes the next command when it is to call a task.</summary>
    /// <returns>False when nothing is asked for, and when <see cref="TryTake"/> takes the next command.</returns>
    internal bool TryTakeTask(Execution execution, out InvokeTask command)
    {
        while (next.Kind == RequestKind.InvokeTask)
        {
            var frame = FrameOf(execution, next);
            Dequeue();
            if (frame is null) continue;
            command = TaskRuns.ToCommand(execution, frame);
            return true;
        }

        command = default;
        return false;
    }

    /// <summary>Takes the next command unless it is to call a task.</summary>
    /// <returns>False when nothing is asked for, and when <see cref="TryTakeTask"/> takes the next command.</returns>
    internal bool TryTake(Execution execution, [NotNullWhen(true)] out ExecutionCommand? command)
    {
        while (HasNext && next.Kind != RequestKind.InvokeTask)
        {
            command = ToCommand(execution, Dequeue());
            if (command is not null) return true;
        }

        command = null;
        return false;
    }

    internal void Clear()
    {
        next = default;
        further?.Clear();
    }

    /// <summary>After a replay: keeps only requests that still wait for an answer.</summary>
    internal void DropAnswered(Execution execution)
    {
        for (var left = Count; left > 0; left--)
        {
            var request = Dequeue();
            // The parent's signals do not tell whether children were stopped: they are looked up and stopped again.
            if (request.Kind == RequestKind.StopChildren || IsUnanswered(execution, request)) Enqueue(request);
        }
    }

    void Add(RequestKind kind, Frame frame, int index = 0, object? payload = null) =>
        Enqueue(new Request(kind, new TaskId(frame.Slot, frame.Generation), index, payload));

    void Enqueue(in Request request)
    {
        if (HasNext)
        {
            (further ??= new()).Enqueue(request);
            return;
        }

        next = request;
    }

    Request Dequeue()
    {
        var request = next;
        if (further is null || !further.TryDequeue(out next)) next = default;
        return request;
    }

    // Null when the frame has moved on.
    static Frame? FrameOf(Execution execution, in Request request) => execution.HasEnded ? null : execution.Frames.Find(request.Task);

    static ExecutionCommand? ToCommand(Execution execution, in Request request)
    {
        var task = request.Task;
        switch (request.Kind)
        {
            case RequestKind.CancelTask: return new CancelTask(task);
            case RequestKind.StopChildren: return new StopChildren(task, (string)request.Payload!);
            default: break;
        }

        if (FrameOf(execution, request) is not { } frame) return null;
        return request.Kind switch
        {
            RequestKind.ReadItems => MapRuns.ToReadItems(frame),
            RequestKind.StartChild => MapRuns.ToStartChild(frame, request.Index, (JsonValue)request.Payload!),
            _ => execution.MapRuns.ToWriteResults(frame),
        };
    }

    static bool IsUnanswered(Execution execution, in Request request)
    {
        if (FrameOf(execution, request) is not { } frame) return false;
        return request.Kind switch
        {
            RequestKind.CancelTask => false,
            // A request that was accepted is not made again, unless only its invoker knows the end.
            RequestKind.InvokeTask => frame.Phase == FramePhase.AwaitingTask || frame.IsWatched,
            RequestKind.ReadItems => !frame.MapRun!.HasItems,
            RequestKind.StartChild => frame.MapRun!.ResultOf(request.Index) is null,
            _ => true,
        };
    }

    enum RequestKind : byte
    {
        None,
        InvokeTask,
        CancelTask,
        ReadItems,
        StartChild,
        WriteResults,
        StopChildren,
    }

    // The payload is the input of the child to start, or the Map Run whose children are to be stopped.
    readonly record struct Request(RequestKind Kind, TaskId Task, int Index, object? Payload);
}
