using Orkestra.Engine.Signals;

namespace Orkestra.Hosting.Running;

/// <summary>What the next turn of a pump begins with: the start, a takeover from the store, or a redrive.</summary>
internal readonly record struct Beginning(ExecutionSignalKind Kind, long Ticks, int MapRunRedrive = 0);
