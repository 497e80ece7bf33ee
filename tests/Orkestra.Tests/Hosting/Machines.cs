using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Xunit;

namespace Orkestra.Tests.Hosting;

/// <summary>Small JSONata machines made of records.</summary>
static class Machines
{
    public static ExecutionPlan Plan(params (string Name, State State)[] states) => ExecutionPlan.Compile(new StateMachine
    {
        QueryLanguage = QueryLanguage.JSONata,
        StartAt = states[0].Name,
        States = new EquatableMap<State>(states),
    });

    public static TaskState Invoke(string function, string? next = null) => new()
    {
        Resource = "arn:aws:states:::lambda:invoke",
        Arguments = JsonObject.Create(("FunctionName", function), ("Payload", "{% $states.input %}")),
        Output = "{% $states.result.Payload %}",
        Next = next,
        End = next is null ? true : null,
    };

    public static ValueTask<ExecutionResult> Run(this OrkestraRuntime runner, ExecutionPlan plan, JsonValue input, ExecutionOptions? options = null) =>
        runner.RunAsync(plan, input, options, TestContext.Current.CancellationToken);

    /// <summary>An execution in memory; null when there is none.</summary>
    public static ExecutionHandle? Find(this OrkestraRuntime runtime, string arn) => runtime.Executions.Find(arn) is { } pump ? new ExecutionHandle(runtime, pump) : null;

    public static string[] Shape(this ExecutionHistory history) => [.. history.Select(e => $"{e.Id}<-{e.PreviousEventId} {e.Type}{(e.StateName is { } name ? $" {name}" : "")}")];
}
