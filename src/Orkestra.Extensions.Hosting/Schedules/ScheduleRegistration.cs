using Orkestra.Authoring.Schedules;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>A schedule as it was added to the builder.</summary>
/// <param name="Workflow">The workflow.</param>
/// <param name="Expression">When it fires.</param>
/// <param name="Options">How.</param>
internal sealed record ScheduleRegistration(WorkflowReference Workflow, ScheduleExpression Expression, WorkflowScheduleOptions Options);
