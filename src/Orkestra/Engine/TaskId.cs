namespace Orkestra.Engine;

/// <summary>Names one attempt of a task within an execution. The same in every replay.</summary>
/// <param name="Slot">Where the execution keeps it.</param>
/// <param name="Generation">Which use of the slot it is.</param>
public readonly record struct TaskId(int Slot, int Generation);
