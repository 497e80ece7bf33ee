using System.Threading.Tasks.Sources;
using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Running;

/// <summary>The answer of a task counts, whenever it comes.</summary>
public sealed class AnswerTimeTests
{
    // The answer comes after the runtime has asked for it that often.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task An_answer_may_come_while_the_runtime_asks_for_it(int questions)
    {
        await using var runtime = new OrkestraRuntime(new Invoker(questions));
        var result = await runtime.Run(Machines.Plan(("Work", Machines.Invoke("Work"))), "input");
        result.Error.ShouldBeNull(result.Cause);
        result.Output.ShouldBe("done");
    }

    sealed class Invoker(int questions) : ITaskInvoker
    {
        public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) => new(new Answer(questions), 0);
    }

    sealed class Answer(int questions) : IValueTaskSource<TaskOutcome>
    {
        int asked;

        public TaskOutcome GetResult(short token) => TaskOutcome.Payload("done");

        public ValueTaskSourceStatus GetStatus(short token) => ++asked > questions ? ValueTaskSourceStatus.Succeeded : ValueTaskSourceStatus.Pending;

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            ThreadPool.QueueUserWorkItem(continuation, state, preferLocal: false);
    }
}
