using System.Buffers;
using System.Text;
using Orkestra.Asl;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Objects;

namespace Orkestra.Engine.Tests.Recorded;

/// <summary>Runs a scenario with a clock that skips, and writes what was stored. Also what the scenario's tasks and its course are given to act on.</summary>
sealed class Recorder : ITaskInvoker
{
    readonly RecordedScenario scenario;
    readonly List<ITimer> timers = [];
    readonly ExecutionPlan plan;

    Recorder(RecordedScenario scenario)
    {
        this.scenario = scenario;
        plan = ExecutionPlan.Compile(AslReader.Parse(scenario.Definition));
        Runtime = NewRuntime();
    }

    public SkippingTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    public RecordingStore Store { get; } = new();

    public MemoryObjectStore Objects { get; } = new();

    public OrkestraRuntime Runtime { get; private set; }

    public ExecutionHandle Handle { get; private set; } = null!;

    /// <summary>Whether the runtime was restarted, or what failed was repaired.</summary>
    public bool IsSecondTime { get; private set; }

    /// <summary>Runs a scenario and writes its files.</summary>
    public static async Task RecordAsync(RecordedScenario scenario, string path)
    {
        var recorder = new Recorder(scenario);
        await recorder.RunAsync();
        Directory.CreateDirectory(path);
        await File.WriteAllTextAsync(Path.Combine(path, "machine.asl.json"), JsonValue.Parse(scenario.Definition).ToIndentedJson() + "\n");
        foreach (var (name, definition) in scenario.Machines) await File.WriteAllTextAsync(Path.Combine(path, $"{name}.asl.json"), JsonValue.Parse(definition).ToIndentedJson() + "\n");
        var folder = new RecordedFolder(path);
        var number = 0;
        foreach (var written in recorder.Store.Executions)
        {
            List<string> signals = written.Signals;
            IReadOnlyList<string> history = written.History;
            if (scenario.Added is { } added)
            {
                var bytes = new ArrayBufferWriter<byte>();
                added.Write(bytes);
                signals = [.. signals, Encoding.UTF8.GetString(bytes.WrittenSpan)];
                history = RecordedFolder.HistoryOf(folder.Replayed(RecordedFolder.Read(signals)));
            }

            folder.Write(number++ == 0 ? "execution" : $"execution-{number}", signals, history);
        }
    }

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation) =>
        scenario.Answer is { } answer && invocation.Resource.Service != "states" ? await answer(invocation, this) : TaskOutcome.Unhandled;

    /// <summary>Does something after seconds of the scenario.</summary>
    public void After(double seconds, Func<Task> what)
    {
        lock (timers) timers.Add(Clock.CreateTimer(_ => _ = what(), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan));
    }

    public async ValueTask<TaskOutcome> LaterAsync(TaskInvocation invocation, double seconds, TaskOutcome outcome)
    {
        await Task.Delay(TimeSpan.FromSeconds(seconds), Clock, invocation.CancellationToken);
        return outcome;
    }

    public static async ValueTask<TaskOutcome> NeverAsync(TaskInvocation invocation)
    {
        await Task.Delay(Timeout.Infinite, invocation.CancellationToken);
        return TaskOutcome.Unhandled;
    }

    public async Task<ExecutionResult> EndAsync()
    {
        try
        {
            return await Handle.Completion.WaitAsync(TimeSpan.FromMinutes(1));
        }
        catch (TimeoutException problem)
        {
            throw new TimeoutException($"The scenario '{scenario.Name}' does not end:\n{string.Join('\n', Store.Executions.SelectMany(execution => execution.Signals))}", problem);
        }
    }

    public async Task RedriveAsync()
    {
        await EndAsync();
        IsSecondTime = true;
        Handle = await Handle.RedriveAsync();
        await EndAsync();
    }

    /// <summary>The process ends, and another goes on.</summary>
    public async Task RestartAsync()
    {
        var signals = await Store.ReadSignalsAsync(Handle.Arn, CancellationToken.None);
        await Runtime.DisposeAsync();
        IsSecondTime = true;
        Runtime = NewRuntime();
        Handle = Runtime.Resume(plan, signals);
        await EndAsync();
    }

    OrkestraRuntime NewRuntime()
    {
        var runtime = new OrkestraRuntime(this, new OrkestraOptions { TimeProvider = Clock, Store = Store, Objects = scenario.HasObjects ? Objects : null });
        runtime.Activities.Create(RecordedScenario.Activity);
        foreach (var (name, definition) in scenario.Machines) runtime.StateMachines.Add(name, ExecutionPlan.Compile(AslReader.Parse(definition)));
        return runtime;
    }

    async Task RunAsync()
    {
        // The clock waits until there is a handle to act on.
        Clock.BeginPump();
        scenario.Course?.Invoke(this);
        Handle = await Runtime.StartAsync(plan, JsonValue.Parse(scenario.Input), scenario.Options with { Name = scenario.Name, Seed = 42, StartsOnCallingThread = true });
        Clock.EndPump();
        await (scenario.End?.Invoke(this) ?? EndAsync());
    }
}
