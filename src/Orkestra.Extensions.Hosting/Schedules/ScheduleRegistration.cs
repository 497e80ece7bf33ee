using Orkestra.Authoring.Schedules;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>A schedule as it was added to the builder.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Expression">When it fires.</param>
/// <param name="Options">How.</param>
internal sealed record ScheduleRegistration(WorkflowReference Workflow, ScheduleExpression Expression, WorkflowScheduleOptions Options)
{
    /// <summary>A schedule of a state machine, with its expression as text.</summary>
    /// <exception cref="FormatException">The expression is not valid. The message is a sentence that says why.</exception>
    internal static ScheduleRegistration Of(string stateMachine, string expression, WorkflowScheduleOptions options) =>
        new(new WorkflowReference(null, stateMachine), ScheduleExpression.Parse(expression, stateMachine), options);
}
