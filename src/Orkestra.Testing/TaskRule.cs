using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Testing;

/// <summary>How a test answers some attempts of a step or of a state.</summary>
internal sealed record TaskRule(IStep? Step, string? State, AttemptRange Attempts, Func<TaskInvocation, JsonValue, TaskOutcome> Answer)
{
    internal bool Applies(TaskInvocation invocation, IStep? step) =>
        Attempts.Contains(invocation.Attempt) && (Step is null ? State == invocation.StateName : ReferenceEquals(Step, step));
}
