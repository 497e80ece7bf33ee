using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Timeouts;

/// <summary>ORK011 and ORK012: timeouts that another one always comes before.</summary>
public sealed class TimeoutTests
{
    [Theory]
    [InlineData("static readonly Step<int, int> Slow = new(n => n) { Timeout = TimeSpan.FromMinutes(20) };", "Slow", "ORK011", "The step 'Slow' has a timeout of 20 minutes, but its function is stopped after 15 minutes, the most Lambda allows: split the work into several steps, or wait with 'Wait.For'")]
    [InlineData("static readonly Step<int, int> Slow = new(n => n) { Timeout = TimeSpan.FromSeconds(30) };", "Slow.Timeout(TimeSpan.FromMinutes(2))", "ORK011", "The step 'Slow' has a timeout of 2 minutes, but its function is stopped after 30 seconds, as the step's own Timeout says: set '{ Timeout = … }' of 'Slow' to the longer time")]
    [InlineData("static readonly Step<int, int> Slow = new(n => n);", "Slow.Retry(2).Timeout(new TimeSpan(0, 2, 0))", "ORK011", "The step 'Slow' has a timeout of 2 minutes, but its function is stopped after 1 minute when nothing else is said: set '{ Timeout = … }' of 'Slow' instead, which is the function's too")]
    [InlineData("static readonly Step<int, int> Slow = new(n => n) { Timeout = TimeSpan.FromMinutes(5), Retry = 3 };", "Slow", "ORK012", "The step 'Slow' may take 1207 seconds (4 × 5 minutes and the waits between), but the workflow ends after 10 minutes: shorten the step's timeout or its retries, or give the workflow more time")]
    [InlineData("static readonly Step<int, int> Slow = new(n => n) { Timeout = TimeSpan.FromMinutes(4) };", "Slow.Retry(maxAttempts: 2, interval: TimeSpan.FromSeconds(30), backoffRate: 1)", "ORK012", "The step 'Slow' may take 13 minutes (3 × 4 minutes and the waits between), but the workflow ends after 10 minutes: shorten the step's timeout or its retries, or give the workflow more time")]
    [InlineData("static readonly Step<int, int> Slow = new(n => n) { Timeout = TimeSpan.FromMinutes(3), Retry = new RetryPolicy { MaxAttempts = 4, Interval = TimeSpan.FromSeconds(60), BackoffRate = 1 } };", "Slow", "ORK012", "The step 'Slow' may take 19 minutes (5 × 3 minutes and the waits between), but the workflow ends after 10 minutes: shorten the step's timeout or its retries, or give the workflow more time")]
    public void Are_reported(string step, string flow, string id, string message)
    {
        Found(step, flow).Where(finding => finding.Id == id).ShouldHaveSingleItem().Message.ShouldBe(message);
    }

    [Theory]
    [InlineData("static readonly Step<int, int> Quick = new(n => n) { Timeout = TimeSpan.FromSeconds(30), Retry = 3 };", "Quick")]
    [InlineData("static readonly Step<int, int> Quick = new(n => n) { Timeout = TimeSpan.FromMinutes(2) };", "Quick.Timeout(TimeSpan.FromMinutes(1))")]
    [InlineData("static readonly Step<int, int> Quick = new(n => n);", "Quick.Timeout(TimeSpan.FromSeconds(30))")]
    [InlineData("static readonly TimeSpan Long = TimeSpan.FromMinutes(30); static readonly Step<int, int> Quick = new(n => n) { Timeout = Long };", "Quick")]
    [InlineData("static readonly Step<int, int> Quick = new(n => n) { Timeout = TimeSpan.FromMinutes(5), Retry = 0 };", "Quick")]
    [InlineData("static readonly Step<int, int> Slow = new(n => n) { Host = StepHost.Worker };", "Slow.Timeout(TimeSpan.FromMinutes(2))")]
    public void Shorter_or_unknown_ones_are_fine(string step, string flow) => Found(step, flow).ShouldBeEmpty();

    [Fact]
    public void A_step_on_a_worker_may_take_longer_than_a_function() =>
        Found("static readonly Step<int, int> Slow = new(n => n) { Host = StepHost.Worker, Timeout = TimeSpan.FromHours(2) };", "Slow").ShouldNotContain(finding => finding.Id == "ORK011");

    static IReadOnlyList<Finding> Found(string step, string flow) => Analysis.OfOrkestra($$"""
        public sealed class Work : Workflow<int, int>
        {
            static readonly Step<int, int> Same = new(n => n);
            {{step}}
            public override TimeSpan? Timeout => TimeSpan.FromMinutes(10);
            public override Flow<int, int> Define() => Same >> {{flow}};
        }
        """);
}
