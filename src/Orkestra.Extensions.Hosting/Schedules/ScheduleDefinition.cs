using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting.Backfills;
using Orkestra.Hosting;

namespace Orkestra.Extensions.Hosting.Schedules;

/// <summary>A schedule whose workflow is known. Immutable.</summary>
internal sealed class ScheduleDefinition
{
    readonly PartitionKeys? partitions;

    internal ScheduleDefinition(ScheduleRegistration registration, OrkestraRuntime runtime, WorkflowPartitions known)
    {
        Options = registration.Options;
        var machine = registration.Workflow.In(runtime);
        Workflow = machine.Identity.Name;
        Name = Options.Name ?? Workflow;
        if (!RunNames.IsScheduleName(Name))
            throw new InvalidOperationException($"'{Name}' cannot be the name of a schedule, because the names of its runs begin with it. Set Name to 1 to 60 letters, digits, '-', '_' and '.'.");
        Expression = registration.Expression.Text;
        Times = new FireTimes(registration.Expression, ScheduleExtensions.ZoneOf(Options.TimeZone, Name), Options.Start, Options.End);
        if (Options.PartitionAt is not null) partitions = known.Of(Workflow);
        // A mistake in the input is found when the host starts, not at night.
        else if (Options.InputAt is null) WorkflowInput.Of(machine, Options.Input);
    }

    internal string Name { get; }

    internal string Workflow { get; }

    internal string Expression { get; }

    internal FireTimes Times { get; }

    internal WorkflowScheduleOptions Options { get; }

    /// <summary>The key of the run at a fire time; null without partitions.</summary>
    internal string? KeyAt(DateTimeOffset time) => partitions?.TextOf(Options.PartitionAt!(time));

    /// <summary>The input of the run at a fire time.</summary>
    /// <param name="machine">What is started.</param>
    /// <param name="time">The fire time, in the schedule's time zone.</param>
    /// <param name="key">Its key; null without partitions.</param>
    internal JsonValue InputAt(RegisteredStateMachine machine, DateTimeOffset time, string? key) =>
        WorkflowInput.Of(machine, key is not null ? partitions!.InputOf(key) : Options.InputAt is { } input ? input(time) : Options.Input);
}
