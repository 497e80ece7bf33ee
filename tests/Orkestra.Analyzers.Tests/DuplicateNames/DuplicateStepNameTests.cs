using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.DuplicateNames;

/// <summary>ORK001: two steps of one workflow with one name.</summary>
public sealed class DuplicateStepNameTests
{
    [Theory]
    [InlineData("static readonly Step<int, int> A = new(n => n) { Name = \"Add\" }; static readonly Step<int, int> B = new(n => n + 1) { Name = \"Add\" };", "A >> B", "B", "The steps 'A' and 'B' both have the name 'Add' and so the same function: give one of them another name with { Name = \"…\" }")]
    [InlineData("static readonly Step<int, int> Add = new(n => n);", "Add >> Other.Add", "Other.Add", "The steps 'Add' and 'Other.Add' both have the name 'Add' and so the same function: give one of them another name with { Name = \"…\" }")]
    [InlineData("static readonly Step<int, int> A = new(n => n) { Name = \"Add tax\" }; static readonly Step<int, int> AddTax = new(n => n) { Name = \"Addtax\" };", "A >> AddTax", "AddTax", "The steps 'A' and 'AddTax' both have the name 'Addtax' and so the same function: give one of them another name with { Name = \"…\" }")]
    [InlineData("static readonly Step<int, int> A = new(n => n, \"Add\"); static readonly Step<int, int> B = new(n => n + 1, name: \"Add\");", "A >> B.Retry(3)", "B", "The steps 'A' and 'B' both have the name 'Add' and so the same function: give one of them another name with { Name = \"…\" }")]
    public void Are_reported(string members, string flow, string at, string message)
    {
        var finding = Found(members, flow).ShouldHaveSingleItem();
        (finding.Id, finding.Code, finding.Message).ShouldBe(("ORK001", at, message));
    }

    [Theory]
    [InlineData("static readonly Step<int, int> Add = new(n => n);", "Add >> Add >> (Add, Add)")]
    [InlineData("static readonly Step<int, int> A = new(n => n) { Name = \"Add\" }; static readonly Step<int, int> B = new(n => n + 1);", "A >> B")]
    [InlineData("static int Twice(int n) => n * 2; static readonly Step<int, int> A = new(Twice) { Name = \"Twice\" }; static readonly Step<int, int> B = new(Twice) { Name = \"Twice\" };", "A >> B")]
    [InlineData("const string Name1 = \"x\"; static readonly Step<int, int> A = new(n => n) { Name = Name1 }; static readonly Step<int, int> Other1 = new(n => n) { Name = Name1 + 1 };", "A >> Other1")]
    public void One_step_or_different_names_are_fine(string members, string flow) => Found(members, flow).ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string members, string flow) => [.. Analysis.OfOrkestra($$"""
        public static class Other
        {
            public static readonly Step<int, int> Add = new(n => n + 2);
        }
        public sealed class Sums : Workflow<int, object?>
        {
            {{members}}
            public override Flow<int, object?> Define() => ({{flow}}).As<object?>();
        }
        """)];
}
