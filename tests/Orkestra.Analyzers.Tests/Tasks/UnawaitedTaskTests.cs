using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Tasks;

/// <summary>ORK022: steps that do not wait for what they begin.</summary>
public sealed class UnawaitedTaskTests
{
    [Theory]
    [InlineData("static readonly Step<int, int> Save = new(n => { WriteAsync(n); return n; });", "WriteAsync(n)", "write 'await WriteAsync(n);' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(async n => { await WriteAsync(n); Shop.WriteAsync(n); return n; });", "Shop.WriteAsync(n)", "write 'await Shop.WriteAsync(n);' in an async lambda")]
    [InlineData("static readonly Step<int, Nothing> Save = new(Begin);", "Begin", "let 'Begin' return Task")]
    [InlineData("static readonly Step<int, int> Save = new(n => { Begin(n); return n; });", "Begin(n)", "let 'Begin' return Task, and await it")]
    [InlineData("static readonly Step<int, int> Save = new(Add); static int Add(int n) { WriteAsync(n); return n; }", "WriteAsync(n)", "write 'await WriteAsync(n);' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => { new List<int> { n }.ForEach(async one => await WriteAsync(one)); return n; });", "async one => await WriteAsync(one)", "or write 'await Task.WhenAll(….Select(async … => …));'")]
    [InlineData("static readonly Step<int, int> Save = new(n => { _ = WriteAsync(n); return n; });", "WriteAsync(n)", "write 'await WriteAsync(n);' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => { var sent = WriteAsync(n); return n; });", "WriteAsync(n)", "write 'await WriteAsync(n);' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => { new System.Threading.Thread(() => Console.WriteLine(n)).Start(); return n; });", "new System.Threading.Thread(() => Console.WriteLine(n)).Start()", "write 'await Task.Run(…);' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => { System.Threading.ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(n)); return n; });", "System.Threading.ThreadPool.QueueUserWorkItem(_ => Console.WriteLine(n))", "write 'await Task.Run(…);' in an async lambda")]
    public void Are_reported(string member, string at, string fix)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK022", at));
        finding.Message.ShouldStartWith("The step 'Save' is done before '");
        finding.Message.ShouldEndWith(fix);
    }

    [Theory]
    [InlineData("static readonly Step<int, int> Save = new(async n => { await WriteAsync(n); return n; });")]
    [InlineData("static readonly Step<int, Nothing> Save = new(n => WriteAsync(n));")]
    [InlineData("static readonly Step<int, Nothing> Save = new(WriteAsync);")]
    [InlineData("static readonly Step<int, int> Save = new(n => { var both = Task.WhenAll(WriteAsync(n), WriteAsync(n)); both.Wait(); return n; });")]
    [InlineData("static readonly Step<int, int> Save = new(async n => { var sent = WriteAsync(n); await sent; return n; });")]
    [InlineData("static Step<int, int> Save() => new(n => { _ = WriteAsync(n); return n; }) { Name = \"Save2\" };")]
    [InlineData("static readonly Step<int, int> Save = new(n => { _ = n.ToString(); var unused = n + 1; return n; });")]
    [InlineData("static readonly Step<int, int> Save = new(n => { var thread = new System.Threading.Thread(() => Console.WriteLine(n)); thread.Start(); thread.Join(); return n; });")]
    public void Those_that_wait_or_say_so_are_fine(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) =>
    [
        .. Analysis.OfOrkestra($"public static class Shop {{ static Task WriteAsync(int number) => Task.CompletedTask; static async void Begin(int number) => await Task.Delay(number); {member} }}")
            .Where(static finding => finding.Id != "ORK027"),
    ];
}
