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
