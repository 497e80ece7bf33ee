using System.Collections;
using System.Reflection;
using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Orkestra.Testing;

namespace Orkestra.Comparison.Trying;

/// <summary>What a run came to.</summary>
/// <param name="Error">The error, when it failed.</param>
/// <param name="Output">Its output.</param>
/// <param name="Sent">What was sent to others, a line for each.</param>
internal sealed partial record Ending(string? Error, string? Output, string Sent)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Runs under a clock that skips, and approves what waits for the manager.</summary>
    public static async Task<Ending> OfAsync(WorkflowTest test, string input, Assembly assembly)
    {
        var run = test.Start(Inputs.All[input]);
        var approval = ApproveAsync(run);
        var ended = await run.Completion.WaitAsync(Patience);
        await approval;
        var sent = (IEnumerable)assembly.GetType("Mail", throwOnError: true)!.GetProperty("Sent")!.GetValue(null)!;
        // The token is another one in each run.
        return new Ending(ended.Error, ended.Output?.ToJson(), string.Join('\n', sent.Cast<object>().Select(static mail => Token().Replace(mail.ToString()!, ""))));
    }

    static async Task ApproveAsync(StartedRun run)
    {
        try
        {
            await (await run.CallbackAsync()).SucceedAsync(JsonValue.Parse("""{"isApproved":true,"by":"Grace"}"""));
        }
        catch (InvalidOperationException)
        {
            // The manager was not asked.
        }
    }

    /// <summary>What the run of a program with a mistake says beside that of the program without.</summary>
    public Outcome Beside(Ending right) =>
        Error is not null && right.Error is null ? new Outcome(Stage.Run, Error)
        : this != right ? new Outcome(Stage.Never, "a wrong result")
        : new Outcome(Stage.Never, "the same result");

    /// <summary>Whether two programs without a mistake did the same: the same output or a failure, and messages to the same people.</summary>
    public bool IsLike(Ending other) => (Error is null) == (other.Error is null) && Output == other.Output && Receivers() == other.Receivers();

    string Receivers() => string.Join(' ', Sent.Split('\n').Select(static line => line.Split(',')[0]));

    [GeneratedRegex(" Answer with .*")]
    private static partial Regex Token();
}
