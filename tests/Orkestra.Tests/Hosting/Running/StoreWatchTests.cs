using Microsoft.Extensions.Time.Testing;
using Orkestra.Hosting.Running;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Hosting.Running;

/// <summary>Calls of a store that do not end in time.</summary>
public sealed class StoreWatchTests
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_call_that_does_not_end_is_given_up_and_others_are_not()
    {
        var clock = new FakeTimeProvider();
        var watch = new StoreWatch(TimeSpan.FromSeconds(30), clock);
        var (ends, hangs, fails, later) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        var ended = Wait(watch, ends);
        var givenUp = Wait(watch, hangs);
        var failed = Wait(watch, fails);
        ends.SetResult();
        fails.SetException(new InvalidOperationException("the store's own"));
        await ended;
        (await Should.ThrowAsync<InvalidOperationException>(failed)).Message.ShouldBe("the store's own");
        clock.Advance(TimeSpan.FromSeconds(20));
        var followed = Wait(watch, later);
        clock.Advance(TimeSpan.FromSeconds(9));
        givenUp.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(2));
        (await Should.ThrowAsync<InvalidOperationException>(givenUp)).Message.ShouldBe("given up");
        hangs.SetException(new InvalidOperationException("too late"));
        followed.IsCompleted.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(20));
        (await Should.ThrowAsync<InvalidOperationException>(followed)).Message.ShouldBe("given up");
    }

    [Fact]
    public async Task A_call_is_used_again_and_again()
    {
        var watch = new StoreWatch(Patience, TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var call = Call(watch);
            for (var i = 0; i < 2_000; i++)
            {
                var stored = new TaskCompletionSource();
                var waiting = call.WaitAsync(new ValueTask(stored.Task));
                ThreadPool.UnsafeQueueUserWorkItem(static one => one.SetResult(), stored, preferLocal: false);
                await waiting;
            }
        })));
    }

    static Task Wait(StoreWatch watch, TaskCompletionSource stored) => Call(watch).WaitAsync(new ValueTask(stored.Task)).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken);

    static StoreCall Call(StoreWatch watch) => new(watch, () => new InvalidOperationException("given up"));
}
