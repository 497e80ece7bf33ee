namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>A schedule that could not be loaded. Immutable.</summary>
/// <param name="Schedule">The schedule.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record RefusedSchedule(LoadedSchedule Schedule, string Reason);
