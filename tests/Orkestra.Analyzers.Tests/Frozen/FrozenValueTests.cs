using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Frozen;

/// <summary>ORK024: values that are fixed when the workflow is compiled.</summary>
public sealed class FrozenValueTests
{
    [Theory]
    [InlineData("public override Flow<Nothing, int> Define() => Length.With(Guid.NewGuid().ToString());", "Guid.NewGuid()")]
    [InlineData("public override Flow<Nothing, int> Define() { var now = DateTimeOffset.UtcNow; return Length.With(now.ToString()); }", "DateTimeOffset.UtcNow")]
    [InlineData("public override Flow<Nothing, int> Define() => Rest; static Flow<Nothing, int> Rest => Length.With(DateTime.Now.ToString());", "DateTime.Now")]
    [InlineData("static readonly Flow<Nothing, int> Rest = Length.With(Random.Shared.Next().ToString()); public override Flow<Nothing, int> Define() => Rest;", "Random.Shared.Next()")]
    [InlineData("static readonly Guid id = Guid.NewGuid(); public override Flow<Nothing, int> Define() => Length.With(\"a\").Select(n => n + id.ToString().Length);", "id")]
    [InlineData("static string Stamp => DateTime.UtcNow.ToString(); public override Flow<Nothing, int> Define() => Length.With(\"a\").Select(n => n + Stamp.Length);", "Stamp")]
    [InlineData("static string Id { get; } = Guid.NewGuid().ToString(); public override Flow<Nothing, int> Define() => Length.With(Id);", "Id")]
    [InlineData("static readonly string id = Guid.NewGuid().ToString(); public override Flow<Nothing, int> Define() => Length.With(id);", "id")]
    [InlineData("public override Flow<Nothing, int> Define() => Length.With(TimeProvider.System.GetUtcNow().ToString());", "TimeProvider.System.GetUtcNow()")]
    [InlineData("public override Flow<Nothing, int> Define() => Length.With(Environment.TickCount64.ToString());", "Environment.TickCount64")]
    [InlineData("public override Flow<Nothing, int> Define() => Length.With(System.Diagnostics.Stopwatch.GetTimestamp().ToString());", "System.Diagnostics.Stopwatch.GetTimestamp()")]
    [InlineData("static string Stamp() => DateTime.UtcNow.ToString(); public override Flow<Nothing, int> Define() => Length.With(Stamp());", "Stamp()")]
    [InlineData("static string Id(string prefix) { return prefix + Guid.NewGuid(); } public override Flow<Nothing, int> Define() => Length.With(Id(\"a\"));", "Id(\"a\")")]
    [InlineData("static int Jitter() => Random.Shared.Next(9); public override Flow<Nothing, int> Define() => Length.With(\"a\") >> Wait.For(TimeSpan.FromSeconds(Jitter()));", "Jitter()")]
    [InlineData("static readonly Step<Nothing, int> Draw = new(_ => 1) { Name = \"S-\" + Guid.NewGuid() }; public override Flow<Nothing, int> Define() => Draw;", "Guid.NewGuid()")]
    public void Are_reported(string members, string at)
    {
        var finding = Found(members).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK024", at));
        finding.Message.ShouldStartWith($"'{at}' is evaluated once, when the workflow is compiled");
    }

    [Theory]
    [InlineData("public override Flow<Nothing, int> Define() => Length.With(\"a\").Select(n => DateTimeOffset.UtcNow.Year + n);")]
    [InlineData("public override Flow<Nothing, int> Define() => from text in Id from length in Length.With(text + Guid.NewGuid()) select length; static readonly Step<Nothing, string> Id = new(_ => Guid.NewGuid().ToString());")]
    [InlineData("public record Born(DateTimeOffset At) { public double Age => (DateTimeOffset.UtcNow - At).TotalDays; } static readonly Step<Nothing, Born> Make = new(_ => new(default)); public override Flow<Nothing, int> Define() => Make.Select(born => (int)born.Age);")]
    [InlineData("public override Flow<Nothing, int> Define() => Length.With(\"a\"); static string Name() => Guid.NewGuid().ToString();")]
    [InlineData("static readonly string name = \"a\"; public override Flow<Nothing, int> Define() => Length.With(name);")]
    [InlineData("static readonly Random random = new(); static readonly Step<Nothing, int> Draw = new(_ => random.Next() + DateTime.UtcNow.Year); public override Flow<Nothing, int> Define() => Draw;")]
    [InlineData("static string Stamp() => DateTime.UtcNow.ToString(); static readonly Step<Nothing, string> Make = new(_ => Stamp()); public override Flow<Nothing, int> Define() => Make >> Length;")]
    [InlineData("static string Stamp() { Console.WriteLine(DateTime.Now); return \"a\"; } public override Flow<Nothing, int> Define() => Length.With(Stamp());")]
    [InlineData("static string Text(int n) => n.ToString(); public override Flow<Nothing, int> Define() => Length.With(Text(3));")]
    [InlineData("static string Log() => DateTime.Now.ToString(); static readonly string kept = Log(); static void Note() => Console.WriteLine(Log() + Environment.TickCount64); public override Flow<Nothing, int> Define() => Length.With(\"a\");")]
    [InlineData("static readonly Step<Nothing, int> Draw = new(_ => Guid.NewGuid().GetHashCode()) { Name = \"Draw\" }; public override Flow<Nothing, int> Define() => Draw;")]
    [InlineData("static void Log() => Console.WriteLine(DateTime.Now); public override Flow<Nothing, int> Define() { Log(); return Length.With(\"a\"); }")]
    public void What_each_run_evaluates_is_fine(string members) => Found(members).ShouldBeEmpty();

    [Fact]
    public void The_step_of_a_test_may_have_any_name() =>
        Analysis.OfOrkestra("public static class Tests { public static void Run() { var step = new Step<int, int>(n => n) { Name = \"S-\" + Guid.NewGuid() }; Console.WriteLine(step); } }").ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) =>
        Analysis.OfOrkestra($"public sealed class Shop : Workflow<Nothing, int> {{ static readonly Step<string, int> Length = new(text => text.Length); {members} }}");
}
