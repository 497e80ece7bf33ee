using Orkestra.Engine.Nodes;
using Orkestra.Engine.Runs;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine.Commands;

/// <summary>
/// What an execution has asked for and the host has not taken yet. Requests are kept small and become commands when they are taken; a request whose frame has moved on
/// is dropped.
/// </summary>
internal sealed class CommandQueue(Execution execution)
{
    // Nearly always one request waits at most.
    Request next;
    bool hasNext;
    Queue<Request>? further;

    /// <summary>How many requests wait, outdated ones included.</summary>
    internal int Count => hasNext ? 1 + (further?.Count ?? 0) : 0;

    internal void Invoke(Frame frame) => Add(RequestKind.InvokeTask, frame);

    internal void Cancel(Frame frame) => Add(RequestKind.CancelTask, frame);

    internal void ReadItems(Frame frame) => Add(RequestKind.ReadItems, frame);

    internal void StartChild(Frame frame, int index, JsonValue input) => Add(RequestKind.StartChild, frame, index, input);

    internal void WriteResults(Frame frame) => Add(RequestKind.WriteResults, frame);

    internal void StopChildren(Frame frame, string mapRunArn) => Add(RequestKind.StopChildren, frame, payload: mapRunArn);

    /// <summary>Takes the next command.</summary>
    internal bool TryTake([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ExecutionCommand? command)
    {
        while (hasNext)
        {
            command = ToCommand(Dequeue());
            if (command is not null) return true;
        }

        command = null;
        return false;
    }

    internal void Clear()
    {
        next = default;
        hasNext = false;
        further?.Clear();
    }

    /// <summary>After a replay: keeps only requests that still wait for an answer.</summary>
    internal void DropAnswered()
    {
        for (var left = Count; left > 0; left--)
        {
            var request = Dequeue();
            // The parent's signals do not tell whether children were stopped: they are looked up and stopped again.
            if (request.Kind == RequestKind.StopChildren || IsUnanswered(request)) Enqueue(request);
        }
    }

    void Add(RequestKind kind, Frame frame, int index = 0, object? payload = null) =>
        Enqueue(new Request(kind, new TaskId(frame.Slot, frame.Generation), index, payload));

    void Enqueue(in Request request)
    {
        if (hasNext)
        {
            (further ??= new()).Enqueue(request);
            return;
        }

        next = request;
        hasNext = true;
    }

    Request Dequeue()
    {
        var request = next;
        if (further is null || !further.TryDequeue(out next))
        {
            next = default;
            hasNext = false;
        }

        return request;
    }

    ExecutionCommand? ToCommand(in Request request)
    {
        var task = request.Task;
        switch (request.Kind)
        {
            case RequestKind.CancelTask: return new CancelTask(task);
            case RequestKind.StopChildren: return new StopChildren(task, (string)request.Payload!);
            default: break;
        }

        if (execution.Frames.Find(task) is not { } frame || execution.HasEnded) return null;
        return request.Kind switch
        {
            RequestKind.InvokeTask => execution.Tasks.ToCommand(frame),
            RequestKind.ReadItems => MapRuns.ToReadItems(frame),
            RequestKind.StartChild => MapRuns.ToStartChild(frame, request.Index, (JsonValue)request.Payload!),
            _ => execution.MapRuns.ToWriteResults(frame),
        };
    }

    bool IsUnanswered(in Request request)
    {
        if (execution.HasEnded || execution.Frames.Find(request.Task) is not { } frame) return false;
        return request.Kind switch
        {
            RequestKind.CancelTask => false,
            // A request that was accepted is not made again. A job whose end the invoker watches is.
            RequestKind.InvokeTask => frame.Phase == FramePhase.AwaitingTask || ((TaskNode)frame.State).Resource.Pattern == TaskPattern.Sync,
            RequestKind.ReadItems => !frame.MapRun!.HasItems,
            RequestKind.StartChild => frame.MapRun!.ResultOf(request.Index) is null,
            _ => true,
        };
    }

    enum RequestKind : byte
    {
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
