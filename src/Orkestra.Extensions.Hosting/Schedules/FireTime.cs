namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>A time at which a schedule starts a run, or would if that time existed.</summary>
/// <param name="Time">The time, with the offset that the schedule's time zone has then.</param>
/// <param name="ClockChange">What a change of the clocks has to do with it.</param>
public sealed record FireTime(DateTimeOffset Time, ClockChange ClockChange);

/// <summary>What daylight saving time means for a fire time.</summary>
public enum ClockChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It is the first one after the clocks went forward.</summary>
    Forward,

    /// <summary>It is the first one after the clocks went back.</summary>
    Back,

    /// <summary>Its local time occurs twice, because the clocks go back. The run starts the first time.</summary>
    Twice,

    /// <summary>Its local time does not exist, because the clocks go forward. No run starts. The offset is the one before the change.</summary>
    Skipped,
}
