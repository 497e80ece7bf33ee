using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Running;

/// <summary>What the next turn of a pump begins with: a takeover from the store, or a redrive.</summary>
internal sealed record Beginning(ExecutionSignalKind Kind, long Ticks, int MapRunRedrive = 0);
