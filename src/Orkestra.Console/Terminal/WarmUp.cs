using System.Diagnostics;
using System.Runtime.CompilerServices;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting.Progress;

namespace Orkestra.Hosting.Terminal;

/// <summary>
/// Has the engine's code compiled on another core while the workflow is composed: a process that runs one workflow spends most of its time on code that runs for
/// the first time. A small machine with a state of each kind that authoring makes runs beside, tells nobody and changes nothing.
/// </summary>
internal static class WarmUp
{
    public static void Begin()
    {
        if (Environment.ProcessorCount < 2 || !RuntimeFeature.IsDynamicCodeCompiled || Debugger.IsAttached) return;
        ThreadPool.UnsafeQueueUserWorkItem(static _ => RunAsync(), null);
    }

    internal static Task<ExecutionResult> RunAsync()
    {
        var serializer = PayloadSerializer.Default;
        var input = serializer.Serialize(serializer.Deserialize<Thing[]>(JsonValue.Parse("""[{"name":"a","value":1.5},{"name":"b","value":null}]""")));
        var plan = ExecutionPlan.Compile(Machine());
        var reporter = new PlainReporter(TextWriter.Null, "");
        return new ExecutionRunner(new Invoker()).RunAsync(plan, input, new ExecutionOptions { OnEvent = reporter.OnEvent }).AsTask();
    }

    internal static StateMachine Machine() => new()
    {
        QueryLanguage = QueryLanguage.JSONata,
        StartAt = "Map",
        States = new([
            ("Map", new MapState { ItemProcessor = new ItemProcessor { StartAt = "Item", States = new([("Item", Invoke("Item") with { End = true })]) }, Next = "Parallel" }),
            ("Parallel", new ParallelState
            {
                Branches =
                [
                    new Branch { StartAt = "Good", States = new([("Good", Invoke("Good") with { End = true })]) },
                    new Branch
                    {
                        StartAt = "Bad",
                        States = new([
                            ("Bad", Invoke("Bad") with { Catch = [new Catcher { ErrorEquals = ["States.ALL"], Next = "Caught" }], End = true }),
                            ("Caught", new SucceedState()),
                        ]),
                    },
                ],
                End = true,
            }),
        ]),
    };

    static TaskState Invoke(string name) => new()
    {
        Resource = "arn:aws:states:::lambda:invoke",
        Arguments = JsonObject.Create(("FunctionName", name), ("Payload", "{% $states.input %}")),
        TimeoutSeconds = 60,
        Retry = [new Retrier { ErrorEquals = ["Never"], IntervalSeconds = 1, MaxAttempts = 1, BackoffRate = 2 }],
        Output = "{% $states.result.Payload %}",
    };

    sealed record Thing(string Name, decimal? Value);

    sealed class Invoker : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
        {
            _ = (invocation.ExecutionArn, invocation.CancellationToken, invocation.CallKey, invocation.Attempt);
            return new(Task.Run(() => Answer(invocation)));
        }

        static TaskOutcome Answer(TaskInvocation invocation)
        {
            try
            {
                return invocation.StateName == "Bad" ? throw new InvalidOperationException("warm") : TaskOutcome.Payload(JsonValue.Parse("[1,\"a\"]"));
            }
            catch (InvalidOperationException exception)
            {
                return TaskOutcome.FunctionError(exception);
            }
        }
    }
}
