namespace Orkestra.Cdk;

/// <summary>Who starts a scheduled workflow.</summary>
public enum ScheduleService
{
    /// <summary>An EventBridge rule: rates and cron expressions in UTC.</summary>
    Rule,

    /// <summary>EventBridge Scheduler: time zones, flexible windows, single moments, start and end.</summary>
    Scheduler,
}
