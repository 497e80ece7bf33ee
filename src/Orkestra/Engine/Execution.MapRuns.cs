using Orkestra.Engine.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Engine;

// Distributed Map: its items are read, and each is a child execution.
internal sealed partial class Execution
{
    internal void StartMapRun(Frame frame, MapNode map, JsonValue input) => throw new NotSupportedException();

    internal void FinishMapRun(Frame frame) => throw new NotSupportedException();

    void ItemsRead(Frame frame, JsonArray items) => throw new NotSupportedException();

    void ItemsFailed(Frame frame, string? error, string? cause) => throw new NotSupportedException();

    void ChildEnded(Frame frame, in ExecutionEvent happened) => throw new NotSupportedException();

    void ResultsWritten(Frame frame, JsonValue result) => throw new NotSupportedException();

    void ResultsFailed(Frame frame, string? error, string? cause) => throw new NotSupportedException();

    void Redrive() => throw new NotSupportedException();
}
