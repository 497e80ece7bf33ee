using static Orkestra.Mistakes.Tests.Stage;

namespace Orkestra.Mistakes.Tests.Kinds;

/// <summary>Timeouts, retries and waits.</summary>
internal static class TimeMistakes
{
    const string tenMinutes = "public override TimeSpan? Timeout => TimeSpan.FromMinutes(10); ";

    public static IReadOnlyList<Mistake> All { get; } =
    [
        Of("A step may take longer than Lambda allows", Analyzer, "The step 'Slow' has a timeout of 20 minutes", "split the work", "{ Timeout = TimeSpan.FromMinutes(20) }", "Slow"),
        Of("A timeout is longer than the step's own", Analyzer, "stopped after 30 seconds", "set '{ Timeout = … }' of 'Slow'", "{ Timeout = TimeSpan.FromSeconds(30) }", "Slow.Timeout(TimeSpan.FromMinutes(2))"),
        Of("A timeout is longer than the usual one of a function", Analyzer, "stopped after 1 minute", "set '{ Timeout = … }' of 'Slow'", "", "Slow.Timeout(TimeSpan.FromMinutes(2))"),
        Of("Retries take longer than the workflow may", Analyzer, "The step 'Slow' may take 1207 seconds", "give the workflow more time", "{ Timeout = TimeSpan.FromMinutes(5), Retry = 3 }", "Slow", tenMinutes),
        Of("A step's timeout is longer than the workflow's", Analyzer, "The step 'Slow' may take 12 minutes", "shorten the step's timeout", "{ Timeout = TimeSpan.FromMinutes(12) }", "Slow", tenMinutes),
        Of("A timeout is not whole seconds", Compilation, "The timeout of step 'Slow'", "whole number of seconds", "{ Timeout = TimeSpan.FromMilliseconds(1500) }", "Slow"),
        Of("A timeout is zero", Compilation, "The timeout of step 'Slow'", "whole number of seconds", "{ Timeout = TimeSpan.Zero }", "Slow"),
        Of("A timeout is negative", Compilation, "The timeout of step 'Slow'", "whole number of seconds", "{ Timeout = TimeSpan.FromSeconds(-1) }", "Slow"),
        Of("A Lambda function is to send heartbeats", Compilation, "Step 'Slow' has a Heartbeat, but Lambda functions send none", "set its Timeout instead", "{ Timeout = TimeSpan.FromSeconds(10), Heartbeat = TimeSpan.FromSeconds(5) }", "Slow"),
        Of("A retry waits for years", Compilation, "A retry of step 'Slow' waits", "choose fewer attempts", "{ Retry = new RetryPolicy { MaxAttempts = 99, Interval = TimeSpan.FromSeconds(10), BackoffRate = 10 } }", "Slow"),
        Of("The name of an error is misspelt", Compilation, "A retry of step 'Slow' is for 'States.TimeOut'", "Did you mean 'States.Timeout'?", "{ Retry = new RetryPolicy { Errors = [\"States.TimeOut\"] } }", "Slow"),
        Of("A heartbeat is not whole seconds", Compilation, "The heartbeat of step 'Slow'", "whole number of seconds", "{ Timeout = TimeSpan.FromSeconds(10), Heartbeat = TimeSpan.FromMilliseconds(1500), Host = StepHost.Worker }", "Slow"),
        Of("Several states are timed together", Compilation, "only a step can have one", "put it on the steps", "", "(Slow >> AddPrice).Timeout(TimeSpan.FromSeconds(10))"),
        Of("A wait is not whole seconds", Compilation, "00:00:01.5", "whole number of seconds", "", "Slow >> Wait.For(TimeSpan.FromMilliseconds(1500)) >> AddPrice"),
        Of("An interval of a retry is not whole seconds", Compilation, "The retry interval of 'Slow'", "whole number of seconds", "", "Slow.Retry(3, TimeSpan.FromMilliseconds(500))"),
        Of("A retry backs off backwards", Compilation, "A retry of 'Slow' has the backoff rate 0.5", "choose 1 or more", "", "Slow.Retry(3, backoffRate: 0.5)"),
        Of("A retry has a negative number of attempts", Compilation, "A retry of 'Slow' has -1 attempts", "choose 0 or more", "", "Slow.Retry(-1)"),
        Of("A retry's number is a text", Compiler, "'string'", "'int'", "", "Slow.Retry(\"3\")"),
        Of("A timeout is a number", Compiler, "'int'", "TimeSpan", "{ Timeout = 30 }", "Slow"),
        new("The workflow's timeout is not whole seconds", Compilation, "timeout", "whole number of seconds", new("Make >> AddPrice") { Members = "public override TimeSpan? Timeout => TimeSpan.FromMilliseconds(1500);" }),
        new("A step takes longer than its timeout", Run, "States.Timeout", "Slow", new("Make >> Slow") { Members = "static readonly Step<Item, Item> Slow = new(async (item, context) => { await Task.Delay(TimeSpan.FromSeconds(30), context.CancellationToken); return item; }) { Timeout = TimeSpan.FromSeconds(1) };" }),
    ];

    static Mistake Of(string name, Stage stage, string thing, string fix, string settings, string flow, string members = "") =>
        new(name, stage, thing, fix, new($"Make >> {flow}") { Members = $"{members}static readonly Step<Item, Item> Slow = new(item => item) {settings};" });
}
