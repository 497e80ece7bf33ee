using Orkestra.Authoring.Schedules;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>A schedule that comes from outside of the program, such as from a file, for <see cref="WorkflowSchedules.Load"/>. Immutable.</summary>
public sealed class LoadedSchedule
{
    /// <summary>Makes a schedule that starts a state machine.</summary>
    /// <param name="workflow">The name of the state machine. It has to be registered when the schedule is loaded.</param>
    /// <param name="expression">When it fires.</param>
    /// <param name="configure">Sets the name, the time zone, the input and more. It is called once, at once.</param>
    public LoadedSchedule(string workflow, ScheduleExpression expression, Action<WorkflowScheduleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(expression);
        var options = new WorkflowScheduleOptions();
        configure?.Invoke(options);
        (Workflow, Expression, Name) = (workflow, expression, options.Name ?? workflow);
        Registration = new ScheduleRegistration(new WorkflowReference(null, workflow), expression, options);
    }

    /// <summary>The name of the schedule: that of the state machine unless <see cref="WorkflowScheduleOptions.Name"/> gives another one.</summary>
    public string Name { get; }

    /// <summary>The name of the state machine it starts.</summary>
    public string Workflow { get; }

    /// <summary>When it fires.</summary>
    public ScheduleExpression Expression { get; }

    internal ScheduleRegistration Registration { get; }
}
