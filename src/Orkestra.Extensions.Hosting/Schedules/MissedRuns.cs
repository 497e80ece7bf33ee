namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>
/// What happens to fire times that passed while nothing could fire: the process was down, the machine slept, or the store failed. A fire time counts as missed when it is more
/// than a minute late. Fire times of a paused schedule are not missed: they are skipped.
/// </summary>
public enum MissedRuns
{
    /// <summary>The latest one is started, the others are skipped. The default.</summary>
    RunLatest,

    /// <summary>None is started.</summary>
    Skip,

    /// <summary>Each is started, oldest first.</summary>
    RunAll,
}
