using Orkestra.Analyzers.Payloads;
using Orkestra.Analyzers.Tasks;
using Orkestra.Analyzers.Tests.Fixes;
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
    [InlineData("static readonly Step<int, int> Save = new(n => { WriteAsync(n).ConfigureAwait(false); return n; });", "WriteAsync(n).ConfigureAwait(false)", "write 'await WriteAsync(n).ConfigureAwait(false);' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => { _ = WriteAsync(n).ConfigureAwait(false); return n; });", "WriteAsync(n).ConfigureAwait(false)", "write 'await WriteAsync(n).ConfigureAwait(false);' in an async lambda")]
    [InlineData("static readonly Func<int, int> Add = n => { WriteAsync(n); return n; }; static readonly Step<int, int> Save = new(Add);", "WriteAsync(n)", "write 'await WriteAsync(n);' in an async lambda")]
    [InlineData("static readonly Func<int, int> Add = Both; static readonly Step<int, int> Save = new(Add); static int Both(int n) { WriteAsync(n); return n; }", "WriteAsync(n)", "write 'await WriteAsync(n);' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => Add(n)); static int Add(int n) { WriteAsync(n); return n; }", "Add(n)", "let 'Add', which begins it, await it and return a task, and write 'await Add(n)' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => Add(n)); static readonly Func<int, int> Add = n => { WriteAsync(n); return n; };", "Add(n)", "let 'Add', which begins it, await it and return a task, and write 'await Add(n)' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(async n => { await All(n); return n; }); static async Task All(int n) { await WriteAsync(n); var other = WriteAsync(2); }", "All(n)", "let 'All', which begins it, await it")]
    [InlineData("static readonly Step<int, int> Save = new(n => Add(n)); static int Add(int n) { Begin(n); return n; }", "Add(n)", "let 'Add', which begins it, await it and return a task, and write 'await Add(n)' in an async lambda")]
    [InlineData("static readonly Step<int, int> Save = new(n => Add(n)); static int Add(int n) { new int[n].Select(WriteAsync).ToList(); return n; }", "Add(n)", "let 'Add', which begins it, await it and return a task, and write 'await Add(n)' in an async lambda")]
    public void Are_reported(string member, string at, string fix)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK022", at));
        finding.Message.ShouldStartWith("The step 'Save' is done before '");
        finding.Message.ShouldEndWith(fix);
    }

    [Theory]
    [InlineData("all.Select(n => WriteAsync(n));", "all.Select(n => WriteAsync(n))", "write 'await Task.WhenAll(all.Select(n => WriteAsync(n)));' in an async lambda")]
    [InlineData("all.Where(n => n > 0).Select(WriteAsync).ToList();", "all.Where(n => n > 0).Select(WriteAsync).ToList()", "write 'await Task.WhenAll(all.Where(n => n > 0).Select(WriteAsync).ToList());' in an async lambda")]
    [InlineData("_ = all.Select(n => { return WriteAsync(n); }).ToArray();", "all.Select(n => { return WriteAsync(n); }).ToArray()", "' in an async lambda")]
    [InlineData("all.Select(n => CountAsync(n)).ToArray();", "all.Select(n => CountAsync(n)).ToArray()", "await each of them in a 'foreach', in an async lambda")]
    [InlineData("var ts = all.Select(n => WriteAsync(n)).ToArray();", "all.Select(n => WriteAsync(n)).ToArray()", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("var ts = all.Select(async n => await WriteAsync(n)).ToArray(); Console.WriteLine(ts.Length);", "all.Select(async n => await WriteAsync(n)).ToArray()", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("var ts = new List<Task>(); foreach (var n in all) ts.Add(WriteAsync(n)); Console.WriteLine(ts.Count);", "WriteAsync(n)", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("List<Task> ts = []; foreach (var n in all) { ts.Add(Task.Run(() => WriteAsync(n))); }", "Task.Run(() => WriteAsync(n))", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("List<Task> ts = []; ts.AddRange(all.Select(WriteAsync));", "all.Select(WriteAsync)", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("List<Task> ts = [.. all.Select(WriteAsync)];", "all.Select(WriteAsync)", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("var ts = new[] { WriteAsync(1), WriteAsync(2) };", "WriteAsync(1)", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("var ts = new Task[all.Length]; for (var i = 0; i < ts.Length; i++) ts[i] = WriteAsync(i);", "WriteAsync(i)", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("var ts = all.Select(async n => await WriteAsync(n)); Console.WriteLine(ts.Count());", "all.Select(async n => await WriteAsync(n))", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("var ts = all.Select(WriteAsync); Console.WriteLine(ts.ToList().Count);", "all.Select(WriteAsync)", "write 'await Task.WhenAll(ts);' in an async lambda")]
    [InlineData("Console.WriteLine(all.Select(WriteAsync).Count());", "all.Select(WriteAsync)", "write 'await Task.WhenAll(all.Select(WriteAsync));' in an async lambda")]
    [InlineData("Console.WriteLine(all.Select(WriteAsync).ToArray().Length);", "all.Select(WriteAsync).ToArray()", "write 'await Task.WhenAll(all.Select(WriteAsync).ToArray());' in an async lambda")]
    public void Sequences_of_tasks_are_reported(string statements, string at, string fix)
    {
        var finding = Saving(statements).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK022", at));
        finding.Message.ShouldMatch("^The step 'Save' is done before '(WriteAsync|CountAsync|Run|the last task)' is");
        finding.Message.ShouldEndWith(fix);
    }

    [Theory]
    [InlineData("var ts = all.Select(n => WriteAsync(n)).ToArray(); await Task.WhenAll(ts);")]
    [InlineData("var ts = all.Select(n => WriteAsync(n)); foreach (var t in ts) await t;")]
    [InlineData("var ts = new List<Task>(); foreach (var n in all) ts.Add(WriteAsync(n)); Task.WaitAll([.. ts]);")]
    [InlineData("var ts = new List<Task>(); foreach (var n in all) ts.Add(WriteAsync(n)); while (ts.Count > 0) { await ts[0]; ts.RemoveAt(0); }")]
    [InlineData("var ts = new List<Task>(); foreach (var n in all) ts.Add(WriteAsync(n)); var same = ts; await Task.WhenAll(same);")]
    [InlineData("var ts = new List<Task>(); foreach (var n in all) { var t = WriteAsync(n); ts.Add(t); await t; }")]
    [InlineData("var ts = new List<Task>(); Kept.AddRange(ts); Kept.Add(WriteAsync(1));")]
    [InlineData("var ts = new List<Task> { Task.CompletedTask, Task.FromResult(1) }; Console.WriteLine(ts.Count);")]
    [InlineData("var ts = Kept.ToArray(); await Task.WhenAll(Kept); Console.WriteLine(ts.Length);")]
    [InlineData("var ts = Kept.Where(t => t.IsFaulted).ToList(); Console.WriteLine(ts.Count);")]
    [InlineData("var lengths = (await Task.WhenAll(all.Select(async n => { await WriteAsync(n); return n; }))).Select(n => n).ToList();")]
    [InlineData("var ts = all.Select(n => WriteAsync(n)).ToArray(); async Task Rest() => await Task.WhenAll(ts); await Rest();")]
    [InlineData("all.Select(n => n + 1).ToList(); new Tracker().Add(WriteAsync(1));")]
    [InlineData("var ts = all.Select(async n => { await WriteAsync(n); }).ToList(); if (ts.Any()) await Task.WhenAll(ts);")]
    [InlineData("var ts = all.Select(WriteAsync).ToList(); Console.WriteLine(ts.Count(t => t.IsCompleted)); foreach (var t in ts) await t;")]
    [InlineData("Console.WriteLine(Kept.Where(t => t.IsFaulted).Count() + all.Select(n => n + 1).Count());")]
    public void Sequences_that_something_may_await_are_fine(string statements) => Saving(statements).Where(static finding => finding.Id == "ORK022").ShouldBeEmpty();

    [Theory]
    [InlineData("n => $\"a {NameAsync(n)}\"", "NameAsync(n)")]
    [InlineData("n => $\"a {NameAsync(n).ConfigureAwait(false)} {NameAsync(1)}\"", "NameAsync(1)")]
    [InlineData("n => \"a \" + NameAsync(n) + \".\"", "NameAsync(n)")]
    [InlineData("n => \"a \" + CountAsync(n)", "CountAsync(n)")]
    [InlineData("n => { var text = \"a\"; text += NameAsync(n); return text; }", "NameAsync(n)")]
    [InlineData("n => string.Concat(\"a\", NameAsync(n))", "NameAsync(n)")]
    [InlineData("n => string.Format(\"{0} {1} {2} {3}\", 1, 2, 3, NameAsync(n))", "NameAsync(n)")]
    [InlineData("n => new System.Text.StringBuilder().Append($\"{NameAsync(n)}\").ToString()", "NameAsync(n)")]
    [InlineData("n => NameAsync(n).ToString()!", "NameAsync(n)")]
    [InlineData("n => { var name = NameAsync(n); return $\"{name}\"; }", "name")]
    [InlineData("Text); static string Text(int n) => $\"a {NameAsync(n)}\"; static readonly Step<int, int> Other = new(n => n", "NameAsync(n)")]
    public void Tasks_as_text(string function, string at)
    {
        var finding = Found($"static readonly Step<int, string> Name = new({function});").ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK006", at));
        finding.Message.ShouldBe($"'{at}' is a task that was not awaited, and its text is the name of its type: write 'await {at}'.");
    }

    [Fact]
    public void Sequences_of_tasks_as_text() => Found("static readonly Step<int[], string> Name = new(all => string.Join(\", \", all.Select(n => NameAsync(n))));").ShouldHaveSingleItem().Message.ShouldBe(
        "'all.Select(n => NameAsync(n))' gives tasks that were not awaited, whose text is the name of their type: write 'await Task.WhenAll(all.Select(n => NameAsync(n)))'.");

    [Theory]
    [InlineData("async n => $\"a {await NameAsync(n)}\"")]
    [InlineData("async n => \"a \" + await NameAsync(n)")]
    [InlineData("async n => { var task = NameAsync(n); await task; return $\"{task.Result} {task.Status} {nameof(task)}\"; }")]
    [InlineData("async n => string.Join(\", \", await Task.WhenAll(NameAsync(n), NameAsync(n)))")]
    public void Texts_of_what_tasks_give_are_fine(string function) => Found($"static readonly Step<int, string> Name = new({function});").ShouldBeEmpty();

    [Theory]
    [InlineData("n => $\"a {[|NameAsync(n)|]}\"", "async n => $\"a {await NameAsync(n)}\"")]
    [InlineData("n => \"a \" + [|NameAsync(n)|] + \".\"", "async n => \"a \" + await NameAsync(n) + \".\"")]
    [InlineData("n => string.Concat(\"a\", [|NameAsync(n)|])", "async n => string.Concat(\"a\", await NameAsync(n))")]
    [InlineData("n => [|NameAsync(n)|].ToString()", "async n => (await NameAsync(n)).ToString()")]
    [InlineData("n => \"a \" + (n > 0 ? [|NameAsync(n)|].ToString() : \"\")", "async n => \"a \" + (n > 0 ? (await NameAsync(n)).ToString() : \"\")")]
    [InlineData("n => \"a \" + ([|n > 0 ? NameAsync(n) : NameAsync(1)|])", "async n => \"a \" + (await (n > 0 ? NameAsync(n) : NameAsync(1)))")]
    public Task A_task_in_a_text_is_awaited(string before, string after) => FixCheck.RunAsync<UnawaitedTaskAnalyzer, AwaitFix>("ORK006", Naming(before), Naming(after));

    static string Naming(string function) => $$"""
        public static class Steps
        {
            static Task<string> NameAsync(int n) => Task.FromResult("a");
            static readonly Step<int, object?> Name = new({{function}});
        }
        """;

    [Theory]
    [InlineData("static readonly Step<int, int> Save = new(async n => { await WriteAsync(n); return n; });")]
    [InlineData("static readonly Step<int, Nothing> Save = new(n => WriteAsync(n));")]
    [InlineData("static readonly Step<int, Nothing> Save = new(WriteAsync);")]
    [InlineData("static readonly Step<int, int> Save = new(n => { var both = Task.WhenAll(WriteAsync(n), WriteAsync(n)); both.Wait(); return n; });")]
    [InlineData("static readonly Step<int, int> Save = new(async n => { var sent = WriteAsync(n); await sent; return n; });")]
    [InlineData("static Step<int, int> Save() => new(n => { _ = WriteAsync(n); return n; }) { Name = \"Save2\" };")]
    [InlineData("static readonly Step<int, int> Save = new(n => { _ = n.ToString(); var unused = n + 1; return n; });")]
    [InlineData("static readonly Step<int, int> Save = new(n => { var thread = new System.Threading.Thread(() => Console.WriteLine(n)); thread.Start(); thread.Join(); return n; });")]
    [InlineData("static readonly Step<int, int> Save = new(async n => await Add(n)); static async Task<int> Add(int n) { await WriteAsync(n); return n; }")]
    [InlineData("static readonly Step<int, int> Save = new(n => Add(n)); static async Task<int> Add(int n) { var sent = WriteAsync(n); await sent; return n; }")]
    [InlineData("static readonly Func<int, Task<int>> Add = async n => { await WriteAsync(n); return n; }; static readonly Step<int, int> Save = new(Add);")]
    [InlineData("static readonly Step<int, int> Save = new(n => Two(n)); static int Two(int n) => Three(n); static int Three(int n) { WriteAsync(n); return n; }")]
    [InlineData("static readonly Step<int, int> Save = new(n => Other.Add(n)); static class Other { public static int Add(int n) { WriteAsync(n); return n; } }")]
    [InlineData("static readonly Step<int, int> Save = new(n => { var thread = Started(n); thread.Join(); return n; }); static System.Threading.Thread Started(int n) { var thread = new System.Threading.Thread(() => Console.WriteLine(n)); thread.Start(); return thread; }")]
    public void Those_that_wait_or_say_so_are_fine(string member) => Found(member).ShouldBeEmpty();

    static IReadOnlyList<Finding> Saving(string statements) => Found($$"""
        static readonly List<Task> Kept = [];
        sealed class Tracker : List<Task> { public new List<Task> Add(Task task) => this; }
        static readonly Step<int[], int> Save = new({{(statements.Contains("await ", StringComparison.Ordinal) && !statements.Contains("=> await WriteAsync(n))", StringComparison.Ordinal) ? "async " : "")}}all => { {{statements}} return 1; });
        """);

    static IReadOnlyList<Finding> Found(string member) =>
    [
        .. Analysis.OfOrkestra($"public static class Shop {{ static Task WriteAsync(int number) => Task.CompletedTask; static Task<string> NameAsync(int number) => Task.FromResult(\"a\"); static ValueTask<int> CountAsync(int number) => new(number); static async void Begin(int number) => await Task.Delay(number); {member} }}")
            .Where(static finding => finding.Id != "ORK027"),
    ];
}
