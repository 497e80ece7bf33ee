using System.Diagnostics;
using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.AspNetCore.Tests;

/// <summary>
/// Sequences of calls recorded on AWS, through boto3: every answer is right, or differs for a reason in <c>replay-differences.md</c>. Skipped without Python, boto3 or the data.
/// </summary>
public sealed partial class ReplayTests
{
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Every_answer_is_right_or_differs_for_a_listed_reason()
    {
        var data = Data();
        await RequireBotoAsync();
        await using var endpoint = await TestEndpoint.StartAsync();
        var answers = Path.GetTempFileName();
        try
        {
            // What is wrong is asked for again and again until the time is over, so that it is short here: executions end at once.
            var output = await RunAsync("python3", Path.Combine(data, "replay.py"), data, endpoint.Address.ToString().TrimEnd('/'), "--answers", answers, "--failures", "9999", "--wait", "0.5");
            var rows = File.ReadLines(answers).Select(line => JsonValue.Parse(line)).ToArray();
            rows.Length.ShouldBeGreaterThan(0, output);
            var reasons = Reasons();
            var failures = Failure.Matches(output).Select(match => (Where: match.Groups["where"].Value, Text: match.Value)).ToArray();
            failures.Length.ShouldBe(rows.Count(row => row["right"] == (JsonValue)false));
            failures.Where(failure => !reasons.Any(reason => reason.IsMatch(failure.Text))).Select(failure => failure.Text).ShouldBeEmpty();
            reasons.Where(reason => !failures.Any(failure => reason.IsMatch(failure.Text))).Select(reason => reason.ToString()).ShouldBeEmpty();
        }
        finally
        {
            File.Delete(answers);
        }
    }

    // Each difference is a line of the list: - `pattern` reason. The pattern is looked for in what replay.py prints of an answer.
    static Regex[] Reasons() =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "replay-differences.md")).Select(line => Reason.Match(line)).Where(match => match.Success).Select(match => new Regex(match.Groups[1].Value))];

    static string Data()
    {
        var named = Environment.GetEnvironmentVariable("ORKESTRA_CONFORMANCE");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); named is null && folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Orkestra.slnx"))) continue;
            named = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "conformance"));
        }

        if (named is not null && File.Exists(Path.Combine(named, "replay.py"))) return named;
        Assert.Skip("The conformance data is not here. Set ORKESTRA_CONFORMANCE to its folder.");
        return "";
    }

    static async Task RequireBotoAsync()
    {
        try
        {
            await RunAsync("python3", "-c", "import boto3");
        }
        catch (Exception problem) when (problem is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            Assert.Skip($"Python with boto3 is not here: {problem.Message}");
        }
    }

    static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(await error);
    }

    [GeneratedRegex(@"^WRONG (?<where>.*)\r?\n   want .*\r?\n   got  .*$", RegexOptions.Multiline)]
    private static partial Regex Failure { get; }

    [GeneratedRegex("^- `(.+?)` ")]
    private static partial Regex Reason { get; }
}
