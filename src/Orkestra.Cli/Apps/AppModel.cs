using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Apps;

/// <summary>What a template deploys of Step Functions, and the functions it calls.</summary>
/// <param name="Machines">The state machines.</param>
/// <param name="Activities">The names of the activities.</param>
/// <param name="Functions">The .NET functions whose steps run here, by the name of the function.</param>
/// <param name="Schedules">The schedules that start the state machines.</param>
internal sealed record AppModel(IReadOnlyList<AppMachine> Machines, IReadOnlyList<string> Activities, IReadOnlyDictionary<string, AppFunction> Functions, IReadOnlyList<AppSchedule> Schedules)
{
    internal static AppModel Empty { get; } = new([], [], new Dictionary<string, AppFunction>(), []);

    internal AppModel With(AppModel other) => new(
        [.. Machines, .. other.Machines], [.. Activities, .. other.Activities], Functions.Concat(other.Functions).GroupBy(one => one.Key, one => one.Value).ToDictionary(one => one.Key, one => one.Last()), [.. Schedules, .. other.Schedules]);
}

/// <summary>A state machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Definition">Its definition, with everything resolved.</param>
/// <param name="Type">Standard or Express.</param>
/// <param name="Source">The file it comes from, for messages.</param>
internal sealed record AppMachine(string Name, string Definition, StateMachineType Type, string Source)
{
    /// <summary>The file with the definition, when it is another one.</summary>
    internal string? DefinitionFile { get; init; }
}

/// <summary>A .NET function.</summary>
/// <param name="Assembly">The assembly with the workflow.</param>
/// <param name="Step">The step, <c>Workflow.Step</c> or <c>Step</c>.</param>
internal sealed record AppFunction(string Assembly, string Step);

/// <summary>A schedule that starts a state machine.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Machine">The name of the state machine.</param>
/// <param name="Expression">When, as EventBridge writes it.</param>
/// <param name="Source">The file it comes from, for messages.</param>
internal sealed record AppSchedule(string Name, string Machine, string Expression, string Source)
{
    internal string? TimeZone { get; init; }

    internal string? Description { get; init; }

    internal DateTimeOffset? Start { get; init; }

    internal DateTimeOffset? End { get; init; }

    internal bool IsEnabled { get; init; } = true;

    /// <summary>Makes the input of an execution from its fire time.</summary>
    internal required Func<DateTimeOffset, JsonValue> Input { get; init; }
}
