using System.Text.RegularExpressions;
using Orkestra.Engine;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;
using Orkestra.Sqlite.KillProgram;
using Shouldly;

namespace Orkestra.Sqlite.Tests.Kills;

/// <summary>Runs executions again, from their start to their end without an interruption, and compares.</summary>
static partial class Uninterrupted
{
    /// <summary>Compares histories, those of child executions too.</summary>
    /// <returns>How many were compared.</returns>
    internal static async Task<int> CompareAsync(Load load, IReadOnlyList<ExecutionRecord> executions)
    {
        var compared = 0;
        foreach (var execution in executions)
        {
            execution.Status.ShouldBe(ExecutionStatus.Succeeded, execution.Name);
            var start = (await load.Store.ReadSignalsAsync(execution.Arn, CancellationToken.None))[0].Start!;
            // Executions that another one started are compared with those that it starts here.
            if (start.StartedBy is not null)
            {
                compared++;
                continue;
            }

            var store = new InMemoryExecutionStore();
            await using var runtime = await RunAsync(start, store);
            await CompareAsync(load.Runtime, runtime, execution.Arn);
            foreach (var nested in (await store.QueryAsync(new ExecutionQuery(), CancellationToken.None)).Executions.Where(other => other.Arn != execution.Arn))
                await CompareAsync(load.Runtime, runtime, nested.Arn);
            foreach (var run in (await runtime.FindAsync(execution.Arn))!.MapRuns)
            {
                var children = (await store.QueryAsync(new ExecutionQuery { MapRunArn = run.Arn }, CancellationToken.None)).Executions;
                children.Count.ShouldBe(5);
                foreach (var child in children)
                {
                    await CompareAsync(load.Runtime, runtime, child.Arn);
                    compared++;
                }

                (await load.Store.QueryAsync(new ExecutionQuery { MapRunArn = run.Arn }, CancellationToken.None)).Executions.Count.ShouldBe(children.Count);
            }

            compared++;
        }

        return compared;
    }

    /// <summary>
    /// A task is called again only while its end is not stored. What follows it is done after its end is stored, so that in a chain no task is called after a later one.
    /// </summary>
    internal static void CheckCalls(string[] calls)
    {
        var last = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var call in calls)
        {
            var parts = call.Split(' ');
            if (!parts[0].Contains(":execution:chain:", StringComparison.Ordinal) && !parts[0].Contains(":execution:slow:", StringComparison.Ordinal)) continue;
            var state = int.Parse(parts[1].AsSpan(1), System.Globalization.CultureInfo.InvariantCulture);
            if (last.TryGetValue(parts[0], out var before)) state.ShouldBeInRange(before, before + 1, $"{parts[0]} called the state {state} after {before}");
            else state.ShouldBe(0);
            last[parts[0]] = state;
        }
    }

    static async Task<OrkestraRuntime> RunAsync(ExecutionStart start, InMemoryExecutionStore store)
    {
        var invoker = new LoadInvoker();
        var runtime = new OrkestraRuntime(invoker, new OrkestraOptions { Store = store, TimeProvider = new SkippingTimeProvider() });
        foreach (var kind in Machines.All) runtime.StateMachines.Add(kind, Machines.PlanOf(kind));
        var plan = runtime.StateMachines.Find(start.Machine.StateMachineArn)!.Plan;
        var options = new ExecutionOptions { Name = start.Name, Seed = start.Seed, Machine = start.Machine, Type = start.Type };
        var handle = await runtime.StartAsync(plan, start.Input, options);
        if (start.Machine.Name == "callback") await runtime.SendTaskSuccessAsync(await invoker.Tokens.ReadAsync(), "called back");
        var ended = await handle.Completion;
        if (start.Machine.Name == "redrive") ended = await (await runtime.RedriveAsync(ended.Arn)).Completion;
        ended.Status.ShouldBe(ExecutionStatus.Succeeded, $"{start.Name}: {ended.Error} {ended.Cause}");
        return runtime;
    }

    static async Task CompareAsync(OrkestraRuntime ours, OrkestraRuntime theirs, string arn)
    {
        var wanted = Shape(await theirs.ReadHistoryAsync(arn));
        var found = Shape(await ours.ReadHistoryAsync(arn));
        for (var i = 0; i < Math.Min(wanted.Length, found.Length); i++) found[i].ShouldBe(wanted[i], arn);
        found.Length.ShouldBe(wanted.Length, arn);
    }

    static string[] Shape(IReadOnlyList<HistoryEvent> history) =>
        [.. history.Select(one => $"{one.Id} {one.PreviousEventId} {one.Type} {one.StateName} {Changing().Replace(one.Details.ToJson(), "?")}")];

    // When nested executions started and ended, and the ids of requests: these are made anew for each run. ARNs are not.
    [GeneratedRegex("""(?<=(Start|Stop)Date\\":)\d+|(?<!:)\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b""")]
    private static partial Regex Changing();
}
