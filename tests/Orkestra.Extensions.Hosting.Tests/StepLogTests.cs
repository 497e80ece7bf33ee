using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Authoring;
using Orkestra.Hosting;
using Orkestra.Hosting.StepLogs;
using Orkestra.Hosting.Storage;
using Shouldly;
using Xunit;

namespace Orkestra.Extensions.Hosting.Tests;

/// <summary>Logs in its step, by the context and by a logger of a service, after it has waited, too.</summary>
public sealed partial class Chatty : Workflow<int, int>
{
    static readonly Step<int, int> Say = new(async (number, context) =>
    {
        LogNumber(context.Logger, number);
        await Task.Yield();
        await context.Services.GetRequiredService<Carrier>().SendAsync(context.Attempt);
        return number;
    });

    public override Flow<int, int> Define() => Say.Retry<TimeoutException>(interval: TimeSpan.FromSeconds(1));

    [LoggerMessage(Level = LogLevel.Information, Message = "The number is {Number}")]
    static partial void LogNumber(ILogger logger, int number);
}

public sealed partial class Carrier(ILogger<Carrier> logger)
{
    public async Task SendAsync(int attempt)
    {
        LogDetail(logger, attempt);
        await Task.Run(() => LogSlow(logger, attempt));
        if (attempt == 1) throw new TimeoutException("no answer");
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Detail {Attempt}")]
    static partial void LogDetail(ILogger logger, int attempt);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Slow {Attempt}")]
    static partial void LogSlow(ILogger logger, int attempt);
}

/// <summary>Logs without a pause, until it is told to end.</summary>
public sealed partial class Restless : Workflow<int, int>
{
    static readonly Step<int, int> Talk = new(async (number, context) =>
    {
        var end = context.Services.GetRequiredService<TaskCompletionSource>().Task;
        while (!end.IsCompleted)
        {
            LogAgain(context.Logger);
            await Task.Delay(TimeSpan.FromMilliseconds(1));
        }

        return number;
    });

    public override Flow<int, int> Define() => Talk;

    [LoggerMessage(Level = LogLevel.Information, Message = "Again")]
    static partial void LogAgain(ILogger logger);
}

/// <summary>What is kept of what steps log.</summary>
public sealed class StepLogTests
{
    [Fact]
    public async Task Lines_are_kept_with_the_attempt_that_logged_them()
    {
        await using var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Chatty>().UseStore(new InMemoryExecutionStore()).Options.TimeProvider = new SkippingTimeProvider(), services => services.AddSingleton<Carrier>());
        var run = await host.Runtime.StartAsync("Chatty", 7);
        var other = await host.Runtime.StartAsync("Chatty", 8);
        (await run.Completion.WaitAsync(TestHost.Patience)).IsSuccess.ShouldBeTrue();
        await other.Completion.WaitAsync(TestHost.Patience);
        var lines = (await host.Runtime.ReadStepLogsAsync(new StepLogQuery { ExecutionArn = run.Arn })).Lines;
        lines.Select(line => (line.StateName, line.Attempt, line.Level, line.Category, line.Message)).ShouldBe(
        [
            ("Say", 1, LogLevel.Information, "Say", "The number is 7"), ("Say", 1, LogLevel.Warning, typeof(Carrier).FullName!, "Slow 1"),
            ("Say", 2, LogLevel.Information, "Say", "The number is 7"), ("Say", 2, LogLevel.Warning, typeof(Carrier).FullName!, "Slow 2"),
        ]);
        var entered = (await host.Runtime.ReadHistoryAsync(run.Arn)).Single(happened => happened.Type == Engine.HistoryEventType.TaskStateEntered).Id;
        lines.ShouldAllBe(line => line.EnteredEventId == entered && line.ExecutionArn == run.Arn);
        lines.Select(line => line.AttemptId).Distinct().Count().ShouldBe(2);
        lines.Select(line => line.Number).ShouldBe([1, 2, 3, 4]);
        // Other providers get them as before.
        host.Log.All.ShouldContain(line => line.Text.StartsWith("Slow 2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lines_are_read_while_a_step_logs_without_a_pause()
    {
        var end = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Restless>(), services => services.AddSingleton(end));
        var run = await host.Runtime.StartAsync("Restless", 1);
        try
        {
            var read = 0L;
            while (read == 0) read = (await host.Runtime.ReadStepLogsAsync(new StepLogQuery { ExecutionArn = run.Arn }).WaitAsync(TestHost.Patience)).Lines.Count;
        }
        finally
        {
            end.SetResult();
        }

        (await run.Completion.WaitAsync(TestHost.Patience)).IsSuccess.ShouldBeTrue();
    }

    [Fact]
    public async Task A_store_that_fails_loses_lines_and_nothing_else()
    {
        await using var host = await TestHost.StartAsync(orkestra => orkestra.AddWorkflow<Chatty>().Options = new OrkestraOptions { StepLogs = new NoStore(), TimeProvider = new SkippingTimeProvider() }, services => services.AddSingleton<Carrier>());
        var run = await host.Runtime.StartAsync("Chatty", 7);
        (await run.Completion.WaitAsync(TestHost.Patience)).IsSuccess.ShouldBeTrue();
        (await host.Runtime.ReadStepLogsAsync(new StepLogQuery { ExecutionArn = run.Arn }).WaitAsync(TestHost.Patience)).Lines.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(LogLevel.Warning, 2)]
    [InlineData(LogLevel.None, 0)]
    public async Task A_level_is_chosen(LogLevel level, int count)
    {
        var logs = new InMemoryStepLogStore();
        await using var host = await TestHost.StartAsync(
            orkestra => orkestra.AddWorkflow<Chatty>().Options = new OrkestraOptions { StepLogs = logs, StepLogLevel = level, TimeProvider = new SkippingTimeProvider() }, services => services.AddSingleton<Carrier>());
        var run = await host.Runtime.StartAsync("Chatty", 7);
        await run.Completion.WaitAsync(TestHost.Patience);
        await host.Runtime.ReadStepLogsAsync(new StepLogQuery { ExecutionArn = run.Arn });
        (await logs.ReadAsync(new StepLogQuery { ExecutionArn = run.Arn }, CancellationToken.None)).Lines.Count.ShouldBe(count);
    }

    [Fact]
    public async Task Without_a_container_the_logger_of_the_context_is_kept()
    {
        var logs = new InMemoryStepLogStore();
        await using var runtime = new OrkestraRuntime(options: new OrkestraOptions { StepLogs = logs });
        runtime.Register(new Alone());
        var run = await runtime.StartAsync("Alone", "x");
        await run.Completion.WaitAsync(TestHost.Patience);
        await runtime.DisposeAsync();
        var line = (await logs.ReadAsync(new StepLogQuery { ExecutionArn = run.Arn }, CancellationToken.None)).Lines.Single();
        line.Message.Length.ShouldBe(16_384 + "… (20000 characters)".Length);
        line.Message.ShouldEndWith("… (20000 characters)");
        line.Exception!.ShouldContain("InvalidOperationException: bad");
    }

    sealed class NoStore : IStepLogStore
    {
        public ValueTask AppendAsync(IReadOnlyList<StepLogLine> lines, CancellationToken cancellationToken) => throw new IOException("The disk is full.");

        public ValueTask<StepLogPage> ReadAsync(StepLogQuery query, CancellationToken cancellationToken) => ValueTask.FromResult(new StepLogPage([], 0, IsLast: true));
    }
}

/// <summary>Logs one long line with an exception.</summary>
public sealed partial class Alone : Workflow<string, string>
{
    static readonly Step<string, string> Say = new((text, context) =>
    {
        LogLong(context.Logger, new string('x', 20_000), new InvalidOperationException("bad"));
        return text;
    });

    public override Flow<string, string> Define() => Say;

    [LoggerMessage(Level = LogLevel.Error, Message = "{Text}")]
    static partial void LogLong(ILogger logger, string text, Exception problem);
}
