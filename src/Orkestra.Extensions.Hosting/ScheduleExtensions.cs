using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orkestra.Authoring;
using Orkestra.Authoring.Schedules;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Hosting;

namespace Orkestra.Extensions.Hosting;

/// <summary>Adds schedules, which start workflows of the host when they are due.</summary>
public static class ScheduleExtensions
{
    /// <summary>Starts a workflow on a schedule. <see cref="WorkflowSchedules"/> becomes a service.</summary>
    /// <example><code>
    /// orkestra.AddWorkflow&lt;DailyReport&gt;().AddSchedule&lt;DailyReport&gt;("cron(0 8 ? * MON-FRI *)", schedule => schedule.TimeZone = "Europe/Paris");
    /// </code></example>
    /// <typeparam name="TWorkflow">The workflow, which is added too.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="expression">
    /// When, as EventBridge Scheduler writes it: <c>cron(0 8 ? * MON-FRI *)</c>, <c>rate(5 minutes)</c> or <c>at(2030-01-31T08:00:00)</c>; or the five fields of Unix,
    /// <c>0 8 * * MON-FRI</c>. Times are in <see cref="WorkflowScheduleOptions.TimeZone"/>.
    /// </param>
    /// <param name="configure">Sets the time zone, the input and more.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="FormatException">The expression is not valid, cannot be scheduled here, or the time zone is not known. The message says why.</exception>
    public static OrkestraBuilder AddSchedule<TWorkflow>(this OrkestraBuilder builder, string expression, Action<WorkflowScheduleOptions>? configure = null)
        where TWorkflow : Workflow => Add(builder, new WorkflowReference(typeof(TWorkflow), null), expression, configure);

    /// <summary>Starts a state machine on a schedule.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="workflow">The name of the state machine, which is added too.</param>
    /// <param name="expression">When, as for a workflow.</param>
    /// <param name="configure">Sets the time zone, the input and more.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="FormatException">The expression is not valid, cannot be scheduled here, or the time zone is not known. The message says why.</exception>
    public static OrkestraBuilder AddSchedule(this OrkestraBuilder builder, string workflow, string expression, Action<WorkflowScheduleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        return Add(builder, new WorkflowReference(null, workflow), expression, configure);
    }

    /// <summary>Adds <see cref="WorkflowSchedules"/> as a service without a schedule, for those that are loaded while the host runs (<see cref="WorkflowSchedules.Load"/>).</summary>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static OrkestraBuilder AddSchedules(this OrkestraBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(WorkflowSchedules))) return builder;
        builder.AddBackfills();
        services.AddSingleton(provider => new WorkflowSchedules(
            provider.GetRequiredService<OrkestraRuntime>(), provider.GetRequiredService<WorkflowPartitions>(), provider.GetServices<ScheduleRegistration>()));
        services.AddSingleton<IHostedService>(provider => new ScheduleHostedService(
            builder, provider, HostLog.Of(provider, "Orkestra.Hosting")));
        return builder;
    }

    internal static TimeZoneInfo ZoneOf(string? id, string owner) =>
        id is null ? TimeZoneInfo.Utc
        : TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone
        : throw new FormatException($"The time zone '{id}' of the schedule of {owner} is not known here: name one of the IANA database, such as 'Europe/Paris'. A machine without that database knows only UTC.");

    static OrkestraBuilder Add(OrkestraBuilder builder, WorkflowReference workflow, string expression, Action<WorkflowScheduleOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(expression);
        var options = new WorkflowScheduleOptions();
        configure?.Invoke(options);
        var parsed = ScheduleExpression.Parse(expression, workflow.Text, acceptsUnix: true);
        // Where it is written down, a mistake is easiest to see.
        _ = new FireTimes(parsed, ZoneOf(options.TimeZone, workflow.Text), options.Start, options.End);
        builder.AddSchedules();
        builder.Services.AddSingleton(new ScheduleRegistration(workflow, parsed, options));
        return builder;
    }
}
