namespace Orkestra.Hosting;

/// <summary>How an activity stands (<see cref="ActivityQueue.Describe"/>). Immutable.</summary>
/// <param name="Arn">The activity.</param>
/// <param name="WaitingTasks">How many tasks wait for a worker.</param>
/// <param name="WaitingWorkers">How many workers wait for a task.</param>
/// <param name="OldestSince">Since when the oldest of these tasks has waited here, UTC; null for none.</param>
/// <param name="OldestExecutionArn">Its execution; null for none.</param>
public sealed record ActivityLoad(string Arn, int WaitingTasks, int WaitingWorkers, DateTimeOffset? OldestSince, string? OldestExecutionArn);
