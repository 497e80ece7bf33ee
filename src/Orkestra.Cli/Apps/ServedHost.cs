using Orkestra.Authoring.Schedules;
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
        var sources = new OrderedDictionary<LoadedSchedule, AppSchedule>();
        foreach (var schedule in schedules)
        {
            try
            {
                sources.Add(Of(schedule), schedule);
            }
            catch (FormatException problem)
            {
                problems.Add(SentenceOf(schedule, problem.Message));
            }
        }

        problems.AddRange(Schedules.Load(sources.Keys).Select(refused => SentenceOf(sources[refused.Schedule], refused.Reason)));
        return problems;
    }

    static LoadedSchedule Of(AppSchedule schedule) => new(schedule.Machine, ScheduleExpression.Parse(schedule.Expression, schedule.Machine), options =>
    {
        options.Name = schedule.Name;
        options.TimeZone = schedule.TimeZone;
        options.Start = schedule.Start;
        options.End = schedule.End;
        options.InputAt = schedule.Input;
        options.Enabled = schedule.IsEnabled;
        // What was due while no server ran is not started when one does.
        options.Missed = MissedRuns.Skip;
        options.Description = schedule.Description;
    });

    static string SentenceOf(AppSchedule schedule, string reason) => $"The schedule '{schedule.Name}' of '{schedule.Source}' starts nothing here. {reason}";
}
