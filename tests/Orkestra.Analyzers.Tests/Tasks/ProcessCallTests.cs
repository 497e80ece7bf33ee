using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Tasks;

/// <summary>ORK027 and ORK028: steps that hold their thread, end their process or read its console.</summary>
public sealed class ProcessCallTests
{
    [Theory]
    [InlineData("n => LoadAsync(n).Result", "LoadAsync(n).Result", "write 'await LoadAsync(n)' in an async lambda")]
    [InlineData("n => { LoadAsync(n).Wait(); return n; }", "LoadAsync(n).Wait()", "write 'await LoadAsync(n);' in an async lambda")]
    [InlineData("n => LoadAsync(n).GetAwaiter().GetResult()", "LoadAsync(n).GetAwaiter().GetResult()", "write 'await LoadAsync(n)' in an async lambda")]
    [InlineData("n => LoadAsync(n).ConfigureAwait(false).GetAwaiter().GetResult()", "LoadAsync(n).ConfigureAwait(false).GetAwaiter().GetResult()", "write 'await LoadAsync(n).ConfigureAwait(false)' in an async lambda")]
    [InlineData("n => { Task.WaitAll(LoadAsync(n)); return n; }", "Task.WaitAll(LoadAsync(n))", "write 'await Task.WhenAll(…);' in an async lambda")]
    [InlineData("n => { Thread.Sleep(n); return n; }", "Thread.Sleep(n)", "write 'await Task.Delay(…);' in an async lambda")]
    [InlineData("async n => { await LoadAsync(n).ContinueWith(t => LoadAsync(t.Result).Result); return n; }", "LoadAsync(t.Result).Result", "write 'await LoadAsync(t.Result)' in an async lambda")]
    [InlineData("Wait); static int Wait(int n) => LoadAsync(n).Result; static readonly Step<int, int> Other = new(n => n", "LoadAsync(n).Result", "write 'await LoadAsync(n)' in an async lambda")]
    public void A_blocked_thread_is_a_hint(string function, string at, string fix)
    {
        var finding = Found($"static readonly Step<int, int> Load = new({function});").ShouldHaveSingleItem();
        (finding.Id, finding.Severity, finding.Code).ShouldBe(("ORK027", DiagnosticSeverity.Info, at));
        finding.Message.ShouldStartWith($"The step 'Load' blocks its thread with '{at}': ");
        finding.Message.ShouldEndWith(fix);
    }

    [Theory]
    [InlineData("n => { Environment.Exit(n); return n; }", "Environment.Exit(n)")]
    [InlineData("n => { if (n < 0) Environment.FailFast(null); return n; }", "Environment.FailFast(null)")]
    [InlineData("n => { Console.ReadLine(); return n; }", "Console.ReadLine()")]
    [InlineData("n => Console.Read()", "Console.Read()")]
    [InlineData("n => { System.Diagnostics.Process.GetCurrentProcess().Kill(); return n; }", "System.Diagnostics.Process.GetCurrentProcess().Kill()")]
    [InlineData("n => Console.In.ReadLine()!.Length", "Console.In.ReadLine()")]
    public void The_process_is_a_warning(string function, string at)
    {
        var finding = Found($"static readonly Step<int, int> Load = new({function});").ShouldHaveSingleItem();
        (finding.Id, finding.Severity, finding.Code).ShouldBe(("ORK028", DiagnosticSeverity.Warning, at));
        finding.Message.ShouldStartWith($"The step 'Load' calls '{at}', ");
    }

    [Theory]
    [InlineData("static readonly Step<int, int> Load = new(async n => await LoadAsync(n));")]
    [InlineData("static readonly Step<int, int> Load = new(async n => { var (a, b) = (LoadAsync(n), LoadAsync(n)); await Task.WhenAll(a, b); return a.Result + b.Result; });")]
    [InlineData("static readonly Step<int, int> Load = new(async n => { var task = LoadAsync(n); await task; return task.Result; });")]
    [InlineData("static readonly Step<int, int> Load = new(n => { Console.WriteLine(n); return n; });")]
    [InlineData("static readonly Step<int, string> Load = new(n => LoadAsync(n).ContinueWith(t => t.Result.ToString()));")]
    [InlineData("static readonly Step<int, int> Load = new(n => LoadAsync(n).ContinueWith(t => { t.Wait(); return t.GetAwaiter().GetResult(); }));")]
    [InlineData("static readonly Step<int, int> Load = new(n => { System.Diagnostics.Process.GetProcessById(n).Kill(); Console.Out.Write(new StringReader(\"a\").ReadLine()); return n; });")]
    [InlineData("static int Other(int n) { Thread.Sleep(n); return LoadAsync(n).Result; }")]
    [InlineData("static Flow<int, int> Made() => new Step<int, int>(n => LoadAsync(n).Result) { Name = \"Load\" };")]
    public void Other_code_is_fine(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($"public static class Shop {{ static Task<int> LoadAsync(int number) => Task.FromResult(number); {member} }}");
}
