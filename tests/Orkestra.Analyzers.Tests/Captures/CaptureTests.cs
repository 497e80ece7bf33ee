using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Captures;

/// <summary>ORK003: functions of steps that use state from outside.</summary>
public sealed class CaptureTests
{
    const string takeIt = ". When deployed, each step runs in its own process, so this state is not shared. Pass the value in the payload, or take a service from the StepContext ('(input, context) => context.Services…') or with Step.Handled.";

    [Theory]
    [InlineData("static int count; static readonly Step<int, int> Add = new(n => n + count++);", "The function of step 'Add' changes the static field 'count'")]
    [InlineData("static int Total { get; set; } static readonly Step<int, int> Add = new(n => { Total += n; return n; });", "The function of step 'Add' changes the static property 'Total'")]
    [InlineData("readonly int rate = 2; Flow<int, int> Inner() => new Step<int, int>(n => n * rate) { Name = \"Add\" };", "The function of step 'Add' uses 'rate' of the object around it")]
    [InlineData("static Flow<int, int> Inner() { var seen = new List<int>(); return new Step<int, int>(n => { seen.Add(n); return n; }) { Name = \"Add\" }; }", "The function of step 'Add' uses the variable 'seen' of the code around it")]
    [InlineData("static Flow<int, int> Inner(IServiceProvider services) => new Step<int, int>(n => services.GetHashCode()) { Name = \"Add\" };", "The function of step 'Add' uses the parameter 'services' of the code around it")]
    [InlineData("static Flow<int, int> Inner() { var calls = 0; return new Step<int, int>(n => n + ++calls) { Name = \"Add\" }; }", "The function of step 'Add' uses the variable 'calls' of the code around it")]
    [InlineData("static int count; static readonly Step<int, int> Add = new(Next); static int Next(int n) => n + count++;", "The function of step 'Add' changes the static field 'count'")]
    [InlineData("static readonly List<int> seen = []; static readonly Step<int, int> Add = new(Next); static int Next(int n) { seen.Add(n); return n; }", "The function of step 'Add' changes the static collection 'seen'")]
    public void Are_reported(string member, string message)
    {
        var finding = Found(member).ShouldHaveSingleItem();
        finding.Id.ShouldBe("ORK003");
        finding.Message.ShouldBe(message + takeIt);
    }

    [Theory]
    [InlineData("static readonly Dictionary<string, int> Prices = new() { [\"a\"] = 1 }; static readonly Step<string, int> Price = new(name => Prices[name]);")]
    [InlineData("const int rate = 2; static readonly Step<int, int> Add = new(n => n * rate);")]
    [InlineData("static Flow<int, int> Times(int factor, string name) => new Step<int, int>(n => n * factor) { Name = name };")]
    [InlineData("static readonly Step<int, int> Add = new(n => { var sum = 0; for (var i = 0; i < n; i++) sum += i; return sum; });")]
    [InlineData("static readonly Step<int, string> Log = new((n, context) => $\"{context.Attempt} {n}\");")]
    [InlineData("static readonly Step<int, List<int>> Many = new(n => new List<int> { n, 1 });")]
    [InlineData("static readonly Dictionary<int, int> seen = []; static readonly Step<int, int> Add = new(n => { lock (seen) return seen[n] = n; });")]
    [InlineData("static readonly Step<int, int> Add = new(Next); static int Next(int n) { var sum = n; sum++; return sum; }")]
    public void What_every_process_has_is_fine(string member) => Found(member).ShouldBeEmpty();

    [Theory]
    [InlineData("static readonly Guid id = Guid.NewGuid();", "id", "id.ToString()")]
    [InlineData("static readonly string id = Guid.NewGuid().ToString(\"N\");", "id", "id")]
    [InlineData("static string Id { get; } = Guid.NewGuid().ToString();", "Id", "Id")]
    [InlineData("static readonly DateTimeOffset start = DateTimeOffset.UtcNow;", "start", "start.ToString()")]
    [InlineData("static readonly string start = DateTime.Now.ToString();", "start", "start")]
    [InlineData("static readonly int process = Environment.ProcessId;", "process", "process.ToString()")]
    [InlineData("static readonly int salt = Random.Shared.Next();", "salt", "salt.ToString()")]
    public void A_value_of_the_process_that_two_steps_read(string declaration, string member, string read)
    {
        var findings = Found($"{declaration} static readonly Step<int, string> One = new(n => {read} + n); static readonly Step<int, string> Two = new(Read); static string Read(int n) => {read};");
        findings.Select(static finding => finding.Id).ShouldBe(["ORK003", "ORK003"]);
        findings.Select(static finding => finding.Message).ShouldBe(
        [
            $"The function of step 'One' reads '{member}', as another step does, and its value is different in each process{takeIt}",
            $"The function of step 'Two' reads '{member}', as another step does, and its value is different in each process{takeIt}",
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("static readonly Guid id = Guid.NewGuid();", "n", "id.ToString()")]
    [InlineData("static Guid Id => Guid.NewGuid();", "Id.ToString()", "Id.ToString()")]
    [InlineData("static readonly Func<Guid> id = () => Guid.NewGuid();", "id().ToString()", "id().ToString()")]
    [InlineData("static readonly Lazy<Guid> id = new(() => Guid.NewGuid());", "id.Value.ToString()", "id.Value.ToString()")]
    [InlineData("static readonly Random random = new(Environment.TickCount);", "random.Next()", "random.Next()")]
    [InlineData("static readonly int salt = new Random(42).Next();", "salt", "salt")]
    [InlineData("static readonly System.Diagnostics.Stopwatch clock = System.Diagnostics.Stopwatch.StartNew();", "clock.Elapsed.ToString()", "clock.Elapsed.ToString()")]
    [InlineData("static readonly System.Diagnostics.ActivitySource source = new(\"a\" + Guid.NewGuid());", "source.Name", "source.Name")]
    [InlineData("static readonly Guid id = new(\"00000000-0000-0000-0000-000000000001\");", "id.ToString()", "id.ToString()")]
    [InlineData("static readonly Guid id = Guid.NewGuid();", "Log(n)", "Log(n)")]
    public void Other_values_are_fine(string declaration, string one, string two) => Found(
        $"static string Log(int n) {{ return \"\"; }} {declaration} static readonly Step<int, string> One = new(n => \"\" + {one}); static readonly Step<int, string> Two = new(n => \"\" + {two});").ShouldBeEmpty();

    [Fact]
    public void A_value_of_the_process_may_be_logged() => Found(
        "static readonly Guid id = Guid.NewGuid(); static readonly Step<int, int> One = new(n => { Console.WriteLine($\"{id} {n}\"); return n; }); static readonly Step<int, string> Two = new(n => id.ToString());").ShouldBeEmpty();

    [Theory]
    [InlineData("static readonly List<int> seen = []; static void Note(int n) => seen.Add(n);", "changes the static collection 'seen' in 'Note'")]
    [InlineData("static int count; static void Note(int n) { count++; }", "changes the static field 'count' in 'Note'")]
    [InlineData("static int Total { get; set; } static void Note(int n) => Total += n;", "changes the static property 'Total' in 'Note'")]
    public void A_change_one_call_away(string members, string what)
    {
        var finding = Found($"{members} static readonly Step<int, int> Add = new(n => {{ Note(n); return n; }});").ShouldHaveSingleItem();
        (finding.Id, finding.Code, finding.Message).ShouldBe(("ORK003", "Note(n)", $"The function of step 'Add' {what}{takeIt}"));
    }

    [Theory]
    [InlineData("static object? kept; static object Note(int n) => kept ??= new object();")]
    [InlineData("static object? kept; static void Note(int n) { if (kept is null) kept = new object(); }")]
    [InlineData("static readonly Dictionary<int, int> known = []; static int Note(int n) => known[n] = n;")]
    [InlineData("static readonly Dictionary<int, int> known = []; static void Note(int n) => known.Add(n, n);")]
    [InlineData("static readonly List<int> seen = []; static void Note(int n) { lock (seen) seen.Add(n); }")]
    [InlineData("static readonly List<int> seen = [1]; static int Note(int n) => seen.Count;")]
    [InlineData("static void Note(int n) { var seen = new List<int>(); seen.Add(n); n++; }")]
    public void Caches_one_call_away_are_fine(string members) => Found($"{members} static readonly Step<int, int> Add = new(n => {{ Note(n); return n; }});").ShouldBeEmpty();

    [Fact]
    public void Steps_of_a_test_may_count() => Analysis.OfOrkestra("""
        public static class Tests
        {
            public static int Run()
            {
                var calls = 0;
                Step<int, int> count = new(n => n + ++calls) { Name = "Count" };
                return calls;
            }
        }
        """).ShouldBeEmpty();

    [Fact]
    public void Parameters_of_a_primary_constructor() => Analysis.OfOrkestra("""
        public sealed class Mailing(IDisposable mailer) : Workflow<int, int>
        {
            public override Flow<int, int> Define() => new Step<int, int>(n => { mailer.Dispose(); return n; }) { Name = "Send" };
        }
        """).ShouldHaveSingleItem().Message.ShouldStartWith("The function of step 'Send' uses the parameter 'mailer' of the code around it");

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra($$"""
        public sealed class Sums : Workflow<int, int>
        {
            static readonly Step<int, int> Same = new(n => n);
            {{member}}
            public override Flow<int, int> Define() => Same >> Same;
        }
        """);
}
