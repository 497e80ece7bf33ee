using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Recursion;

/// <summary>ORK020: definitions that contain themselves.</summary>
public sealed class RecursionTests
{
    [Theory]
    [InlineData("public override Flow<int, int> Define() => A >> Define();", "'Define' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("public override Flow<int, int> Define() => A >> new Work().Define();", "'Define' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("Flow<int, int> Rest => A >> Rest; public override Flow<int, int> Define() => A >> Rest;", "'Rest' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("static Flow<int, int> Loop(int n) => A >> Loop(n + 1); public override Flow<int, int> Define() => Loop(0);", "'Loop' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("static Flow<T, T> Rec<T>(Flow<T, T> f) => f >> Rec(f); public override Flow<int, int> Define() => Rec(A);", "'Rec' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("static Flow<int, int> Loop(int n) { var next = Loop(n - 1); return A >> next; } public override Flow<int, int> Define() => Loop(3);", "'Loop' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("public override Flow<int, int> Define() { return Again(); Flow<int, int> Again() => A >> Again(); }", "'Again' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("public override Flow<int, int> Define() { Flow<int, int> Again(int n) { var next = Again(n - 1); return A >> next; } return Again(3); }", "'Again' composes itself, which never ends: loop with '.Retry(…)' or '.Map()', or start the workflow again from a step")]
    [InlineData("public override Flow<int, int> Define() => A >> new Work().AsStep();", "Each run of 'Work' starts another one, which never ends: start it behind a condition, as in '.When(…, new Work().AsStep())', or loop with '.RepeatWhile(…)'")]
    [InlineData("public override Flow<int, int> Define() { var twice = A >> A; return twice >> (A >> AsStep()).Retry(2); }", "Each run of 'Work' starts another one, which never ends: start it behind a condition, as in '.When(…, AsStep())', or loop with '.RepeatWhile(…)'")]
    [InlineData("public override Flow<int, int> Define() => Outside.Early >> Wait.For(TimeSpan.FromHours(1)) >> AsStep();", "Each run of 'Work' starts another one, which never ends: start it behind a condition, as in '.When(…, AsStep())', or loop with '.RepeatWhile(…)'")]
    [InlineData("public override Flow<int, int> Define() => A >> this.AsDetachedStep().Select(arn => arn.Length);", "Each run of 'Work' starts another one, which never ends: start it behind a condition, as in '.When(…, this.AsDetachedStep())', or loop with '.RepeatWhile(…)'")]
    public void Are_reported(string members, string message)
    {
        var finding = Found(members).ShouldHaveSingleItem();
        (finding.Id, finding.Message).ShouldBe(("ORK020", message));
    }

    [Fact]
    public void Through_another_member() => Found("Flow<int, int> Rest() => A >> Define(); public override Flow<int, int> Define() => A >> Rest();").Select(finding => finding.Message).ShouldBe(
    [
        "'Rest' composes itself, which never ends (through 'Define'): loop with '.Retry(…)' or '.Map()', or start the workflow again from a step",
        "'Define' composes itself, which never ends (through 'Rest'): loop with '.Retry(…)' or '.Map()', or start the workflow again from a step",
    ], ignoreOrder: true);

    [Fact]
    public void Two_workflows_that_start_each_other() => Found("public override Flow<int, int> Define() => A >> new Back().AsStep(); sealed class Back : Workflow<int, int> { public override Flow<int, int> Define() => A >> new Work().AsStep(); }").Select(finding => finding.Message).ShouldBe(
    [
        "Each run of 'Work' starts another one (through 'Back'), which never ends: start it behind a condition, as in '.When(…, new Back().AsStep())', or loop with '.RepeatWhile(…)'",
        "Each run of 'Back' starts another one (through 'Work'), which never ends: start it behind a condition, as in '.When(…, new Work().AsStep())', or loop with '.RepeatWhile(…)'",
    ], ignoreOrder: true);

    [Theory]
    [InlineData("static Flow<int, int> Times(int n) { if (n == 0) return A; return A >> Times(n - 1); } public override Flow<int, int> Define() => Times(3);")]
    [InlineData("static Flow<int, int> Times(int n) { switch (n) { case 0: return A; default: return A >> Times(n - 1); } } public override Flow<int, int> Define() => Times(3);")]
    [InlineData("static Flow<int, int> Times(int n) { Flow<int, int> flow = A; if (n > 0) flow = flow >> Times(n - 1); return flow; } public override Flow<int, int> Define() => Times(3);")]
    [InlineData("static Flow<int, int> Times(int n) => n switch { 0 => A, _ => A >> Times(n - 1) }; public override Flow<int, int> Define() => Times(3);")]
    [InlineData("static Flow<int, int> Times(int n) => Times(n, 2); static Flow<int, int> Times(int n, int m) => n > m ? A : A >> A; public override Flow<int, int> Define() => Times(3);")]
    [InlineData("static Flow<int, int> Sum(int[] all) => all.Select(n => Sum([n])).First(); public override Flow<int, int> Define() => Sum([3]);")]
    [InlineData("public override Flow<int, int> Define() { return Again(3); Flow<int, int> Again(int n) => n == 0 ? A : A >> Again(n - 1); }")]
    [InlineData("public override Flow<int, int> Define() { return Again(3); Flow<int, int> Again(int n) { if (n == 0) return A; return A >> Again(n - 1); } }")]
    [InlineData("class Part(Part next) { public virtual Flow<int, int> Build() => A >> next.Build(); } sealed class Last() : Part(null!) { public override Flow<int, int> Build() => A; } public override Flow<int, int> Define() => new Part(new Last()).Build();")]
    [InlineData("public override Flow<int, int> Define() => A.When(n => n > 0, A >> new Work().AsStep());")]
    [InlineData("public override Flow<int, int> Define() => A.Switch(n => n).Case(1, AsStep()).Default(A);")]
    [InlineData("public override Flow<int, int> Define() => A.Catch<Exception>(Flow.Input<Failure>().Select(failure => 1) >> this.AsStep());")]
    [InlineData("public override Flow<int, int> Define() => A >> A.When(n => n > 9, Flow.Succeed<int, int>()) >> this.AsStep();")]
    [InlineData("public override Flow<int, int> Define() => A.When(n => n > 9, A) >> this.AsStep();")]
    [InlineData("static class Stops { public static readonly Flow<int, int> Late = A.When(n => n > 9, Flow.Succeed<int, int>()); } public override Flow<int, int> Define() => Stops.Late >> this.AsStep();")]
    [InlineData("public override Flow<int, int> Define() => Outside.Late >> this.AsStep();")]
    [InlineData("public override Flow<int, int> Define() => A >> Flow.Input<int>().Select(n => new[] { n }) >> AsStep().Map().Select(all => all.Length);")]
    [InlineData("public override Flow<int, int> Define() { if (DateTime.MaxValue.Year > 0) return A; return A >> AsStep(); }")]
    [InlineData("public override Flow<int, int> Define() => A >> new Other().AsStep() >> new Back().AsStep(); sealed class Back : Workflow<int, int> { public override Flow<int, int> Define() => A.When(n => n > 0, new Work().AsStep()); }")]
    [InlineData("static Flow<int, int> Times(int n) => n == 0 ? A : A >> Times(n - 1); public override Flow<int, int> Define() => Times(3);")]
    [InlineData("static Flow<int, int> Twice => A >> A; public override Flow<int, int> Define() => Twice >> Twice;")]
    [InlineData("public override Flow<int, int> Define() => A >> new Other().Define();")]
    public void Those_with_an_end_are_fine(string members) => Found(members).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members) => Analysis.OfOrkestra($$"""
        public static class Outside
        {
            public static readonly Step<int, int> Early = new(n => n);
            public static readonly Flow<int, int> Late = Early.When(n => n > 9, Flow.Succeed<int, int>());
        }
        public sealed class Other : Workflow<int, int>
        {
            static readonly Step<int, int> B = new(n => n);
            public override Flow<int, int> Define() => B >> B;
        }
        public sealed class Work : Workflow<int, int>
        {
            static readonly Step<int, int> A = new(n => n);
            {{members}}
        }
        """);
}
