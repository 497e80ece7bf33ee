using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Captures;

/// <summary>ORK003: static state that steps change.</summary>
public sealed class SharedStateTests
{
    [Theory]
    [InlineData("static readonly int[] C = new int[1];", "C[0]++;", "C[0]", "changes the static array 'C'")]
    [InlineData("static readonly System.Text.StringBuilder Log = new();", "Log.AppendLine(n.ToString());", "Log.AppendLine(n.ToString())", "changes the static text 'Log'")]
    [InlineData("static readonly System.Text.StringBuilder Log = new();", "Log.Clear();", "Log.Clear()", "changes the static text 'Log'")]
    [InlineData("static readonly Totals C = new();", "C.Total += n;", "C.Total", "changes 'Total' of the static 'C'")]
    [InlineData("", "Singleton.Instance.Total = n;", "Singleton.Instance.Total", "changes 'Total' of the static 'Instance'")]
    [InlineData("static List<int> Seen { get; } = [];", "Seen.Add(n);", "Seen.Add(n)", "changes the static collection 'Seen'")]
    [InlineData("static readonly System.Collections.Concurrent.ConcurrentBag<int> Seen = [];", "Seen.Add(n);", "Seen.Add(n)", "changes the static collection 'Seen'")]
    [InlineData("static readonly System.Collections.Concurrent.ConcurrentQueue<int> Seen = new();", "Seen.Enqueue(n);", "Seen.Enqueue(n)", "changes the static collection 'Seen'")]
    [InlineData("static readonly System.Collections.Concurrent.ConcurrentStack<int> Seen = new();", "Seen.Push(n);", "Seen.Push(n)", "changes the static collection 'Seen'")]
    [InlineData("static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> Counts = new();", "Counts.AddOrUpdate(n, 1, (_, count) => count + 1);", "Counts.AddOrUpdate(n, 1, (_, count) => count + 1)", "changes the static collection 'Counts'")]
    [InlineData("", "Outer.Note(n);", "Outer.Note(n)", "changes the static field 'count' in 'Outer.Note'")]
    [InlineData("", "Outer.Keep(n);", "Outer.Keep(n)", "changes the static collection 'kept' in 'Outer.Keep'")]
    [InlineData("static int count; static readonly Func<int, int> Next = n => n + count++;", "Next(n);", "Next(n)", "changes the static field 'count' in 'Next'")]
    public void Changes_are_reported(string members, string statement, string at, string what)
    {
        var finding = Found($"{members} static readonly Step<int, int> Add = new(n => {{ {statement} return n; }});").ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK003", at));
        finding.Message.ShouldStartWith($"The function of step 'Add' {what}. When deployed, ");
    }

    [Fact]
    public void A_function_in_a_static_field() => Found("static int count; static readonly Func<int, int> Next = n => n + count++; static readonly Step<int, int> Add = new(Next);").ShouldHaveSingleItem().Message
        .ShouldStartWith("The function of step 'Add' changes the static field 'count'. ");

    [Fact]
    public void A_value_of_a_step_that_another_reads() => Found(
        "static readonly AsyncLocal<int> Current = new(); static readonly Step<int, int> Add = new(n => { Current.Value = n; return n; }); static readonly Step<int, int> Get = new(n => Current.Value);").ShouldHaveSingleItem().Message
        .ShouldStartWith("The function of step 'Add' changes the static 'Current', which another step reads. ");

    [Fact]
    public void The_steps_of_a_test_may_record() => Analysis.OfOrkestra("""
        public sealed class Tests
        {
            static readonly System.Collections.Concurrent.ConcurrentQueue<int> Calls = new();
            static readonly Step<int, int> Count = new(n => { Calls.Enqueue(n); Outer.Note(n); return n; });

            [Xunit.Fact]
            public void Counts() => Console.WriteLine(Count);
        }
        public static class Outer { static int count; public static void Note(int n) => count += n; }
        """).ShouldBeEmpty();

    [Theory]
    [InlineData("static readonly System.Diagnostics.Metrics.Meter Meter = new(\"a\"); static readonly System.Diagnostics.Metrics.Counter<long> Sent = Meter.CreateCounter<long>(\"sent\");", "Sent.Add(1);")]
    [InlineData("static readonly System.Diagnostics.ActivitySource Source = new(\"a\");", "using var activity = Source.StartActivity(\"b\"); activity?.SetTag(\"n\", n);")]
    [InlineData("static readonly System.Net.Http.HttpClient Client = new();", "Client.Timeout = TimeSpan.FromSeconds(n); Client.DefaultRequestHeaders.Add(\"a\", \"b\");")]
    [InlineData("static readonly object Gate = new(); static Totals? made;", "lock (Gate) { if (made is null) made = new Totals(); }")]
    [InlineData("static readonly SemaphoreSlim Gate = new(1); static Totals? made; static readonly Dictionary<int, int> Known = [];", "Gate.Wait(); try { made = new Totals(); Known[n] = n; } finally { Gate.Release(); }")]
    [InlineData("static readonly System.Collections.Concurrent.ConcurrentDictionary<int, int> Known = new();", "Known.GetOrAdd(n, static one => one * 2); Known.TryAdd(n, 1); Known[n] = 3; Known.AddOrUpdate(n, 1, (_, _) => 1); Known.TryRemove(n, out _);")]
    [InlineData("static readonly System.Collections.Concurrent.ConcurrentBag<Totals> Pool = [];", "if (!Pool.TryTake(out var totals)) totals = new(); Pool.Add(totals);")]
    [InlineData("static readonly Lazy<Totals> Made = new(() => new Totals());", "Console.WriteLine(Made.Value.Total);")]
    [InlineData("static readonly Microsoft.Extensions.Logging.ILogger Logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;", "using var scope = Logger.BeginScope(n);")]
    [InlineData("static readonly int[] C = [1]; static readonly Totals T = new();", "var copy = C.ToArray(); copy[0] = C[0] + T.Total; var own = new Totals(); own.Total++;")]
    [InlineData("[ThreadStatic] static System.Text.StringBuilder? text;", "text ??= new(); text.Clear(); text.Append(n);")]
    [InlineData("static Totals? made;", "made ??= new Totals();")]
    [InlineData("static readonly AsyncLocal<int> Current = new();", "Current.Value = n; Console.WriteLine(Current.Value);")]
    [InlineData("", "Outer.Known(n); Outer.Locked(n); Outer.Local(n);")]
    [InlineData("static readonly Func<int, int> Next = n => n + 1;", "Next(n);")]
    public void Caches_and_tools_of_the_process_are_fine(string members, string statements) =>
        Found($"{members} static readonly Step<int, int> Add = new(n => {{ {statements} return n; }});").ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($$"""
        public sealed class Totals { public int Total { get; set; } }
        public sealed class Singleton { public static Singleton Instance { get; } = new(); public int Total; }
        public static class Outer
        {
            static int count;
            static readonly List<int> kept = [];
            static readonly Dictionary<int, int> known = [];
            public static void Note(int n) => count += n;
            public static void Keep(int n) => kept.Add(n);
            public static void Known(int n) { known[n] = n; known.TryAdd(n, n); }
            public static void Locked(int n) { lock (kept) { kept.Add(n); count++; } Interlocked.Increment(ref count); }
            public static int Local(int n) { var all = new List<int>(); all.Add(n); n++; return n; }
        }
        public static class Shop
        {
            {{member}}
        }
        """);
}
