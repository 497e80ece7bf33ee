using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Local;

namespace Orkestra.Cli.Apps;

/// <summary>What the targets of <c>orkestra local</c> are loaded into.</summary>
/// <param name="Service">Has the state machines and activities.</param>
/// <param name="Schedules">Start executions.</param>
internal sealed record ServedHost(StepFunctionsService Service, WorkflowSchedules Schedules)
{
    /// <summary>Replaces the schedules.</summary>
    /// <returns>Why some of them start nothing, as sentences.</returns>
    internal IReadOnlyList<string> Load(IReadOnlyList<AppSchedule> schedules)
    {
        var problems = new List<string>();
        var registrations = new List<ScheduleRegistration>();
        foreach (var schedule in schedules)
        {
            try
            {
                registrations.Add(ScheduleRegistration.Of(schedule.Machine, schedule.Expression, new WorkflowScheduleOptions
                {
                    Name = schedule.Name,
                    TimeZone = schedule.TimeZone,
                    Start = schedule.Start,
                    End = schedule.End,
                    InputAt = schedule.Input,
                    Enabled = schedule.IsEnabled,
                    // What was due while no server ran is not started when one does.
                    Missed = MissedRuns.Skip,
                    Description = schedule.Description,
                }));
            }
            catch (FormatException problem)
            {
                problems.Add(SentenceOf(schedule, problem.Message));
            }
        }

        problems.AddRange(Schedules.Load(registrations).Select(refused => SentenceOf(schedules.First(schedule => schedule.Name == refused.Key), refused.Value)));
        return problems;
    }

    static string SentenceOf(AppSchedule schedule, string reason) => $"The schedule '{schedule.Name}' of '{schedule.Source}' starts nothing here. {reason}";
}
