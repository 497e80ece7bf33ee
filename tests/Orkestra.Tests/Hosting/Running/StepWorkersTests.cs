using Orkestra.Hosting;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Running;

public sealed class StepWorkersTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Calls_that_wait_for_each_other_all_run()
    {
        const int calls = 37;
        var workers = StepWorkers.WithLimit(calls);
        using var all = new CountdownEvent(calls);
        var running = Enumerable.Range(0, calls).Select(_ => workers.RunAsync(() =>
        {
            all.Signal();
            return new ValueTask<bool>(all.Wait(Patience));
        })).ToList();
        (await Task.WhenAll(running).WaitAsync(Patience, TestContext.Current.CancellationToken)).ShouldAllBe(static isTogether => isTogether);
    }

    [Fact]
    public async Task No_more_calls_run_at_once_than_the_limit_says()
    {
        const int limit = 3;
        var workers = StepWorkers.WithLimit(limit);
        var atOnce = 0;
        var most = 0;
        var running = Enumerable.Range(0, 200).Select(_ => workers.RunAsync(() =>
        {
            var now = Interlocked.Increment(ref atOnce);
            for (var seen = most; now > seen; seen = most) Interlocked.CompareExchange(ref most, now, seen);
            Thread.Yield();
            Interlocked.Decrement(ref atOnce);
            return new ValueTask<int>(now);
        })).ToList();
        await Task.WhenAll(running).WaitAsync(Patience, TestContext.Current.CancellationToken);
        most.ShouldBeLessThanOrEqualTo(limit);
    }

    [Fact]
    public async Task Every_call_runs_once_however_calls_and_threads_meet()
    {
        const int callers = 4, rounds = 500, each = 8;
        var workers = StepWorkers.WithLimit(61);
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
            {
                // Together they need as many threads as there are calls.
                using var together = new CountdownEvent(each);
                var running = Enumerable.Range(0, each).Select(_ => workers.RunAsync(() =>
                {
                    if (round % 50 == caller) together.Signal();
                    if (round % 50 == caller && !together.Wait(Patience)) throw new TimeoutException();
                    return new ValueTask<int>(Interlocked.Increment(ref done));
                })).ToList();
                await Task.WhenAll(running);
            }
        }))).WaitAsync(Patience, TestContext.Current.CancellationToken);
        done.ShouldBe(callers * rounds * each);
    }
}
