using Orkestra.Analyzers.StepFields;
using Orkestra.Analyzers.Tests.Fixes;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.StepFields;

/// <summary>ORK002: steps that are not static readonly fields or properties.</summary>
public sealed class StepFieldTests
{
    [Theory]
    [InlineData("static Step<int, int> Add = new(n => n + 1);", "The step 'Add' can be replaced after the workflow is composed: make its field readonly.")]
    [InlineData("readonly Step<int, int> Add = new(n => n + 1);", "The step 'Add' is made again with every Steps: make its field static readonly.")]
    [InlineData("static Step<int, int> Add => new(n => n + 1);", "The property 'Add' makes a new step each time it is read: write '{ get; } =' instead of '=>', or make it a static readonly field.")]
    [InlineData("static Step<int, int> Add { get { return new(n => n + 1); } }", "The property 'Add' makes a new step each time it is read: make it a static readonly field.")]
    [InlineData("Step<int, int> Add { get; } = new(n => n + 1);", "The step 'Add' is made again with every Steps: make its property static.")]
    [InlineData("static Flow<int, int> Compose() => new Step<int, int>(n => n + 1);", "This step is called 'Compose' like the method around it: make it a static readonly field, whose name it takes, or give it a name with { Name = \"…\" }.")]
    [InlineData("static Step<int, int> Add; static Steps() { Add = new(n => n + 1); }", "This step has no name: make it a static readonly field, whose name it takes, or give it a name with { Name = \"…\" }.")]
    [InlineData("static Flow<int, int> Handled() => Step.Handled<Handler, int, int>();", "This step is called 'Handled' like the method around it: make it a static readonly field, whose name it takes, or give it a name with { Name = \"…\" }.")]
    public void Are_reported(string member, string message) => Found(member).ShouldHaveSingleItem().ShouldSatisfyAllConditions(
        finding => finding.Id.ShouldBe("ORK002"), finding => finding.Message.ShouldBe(message));

    [Fact]
    public void Several_steps_of_one_name() =>
        Found("static readonly Step<int, int>[] All = [new(n => n + 1), new(n => n + 2)];").Select(finding => finding.Message).Distinct().ShouldHaveSingleItem()
            .ShouldBe("Several steps in 'All' have the one name 'All': make each a static readonly field, or give it a name with { Name = \"…\" }.");

    [Theory]
    [InlineData("static readonly Step<int, int> Add = new(n => n + 1);")]
    [InlineData("static Step<int, int> Add { get; } = new(n => n + 1);")]
    [InlineData("static readonly Flow<int, int> Add = new Step<int, int>(n => n + 1).Retry(3);")]
    [InlineData("static readonly Step<int, int> Add = Step.Handled<Handler, int, int>();")]
    [InlineData("static Flow<int, int> Compose() => new Step<int, int>(n => n + 1) { Name = \"Add\" };")]
    [InlineData("static Step<int, int> Times(int factor, string name) => new(n => n * factor, name);")]
    public void Named_ones_are_fine(string member) => Found(member).ShouldBeEmpty();

    [Theory]
    [InlineData("static Step<int, int> Add = [|new(n => n + 1)|];", "static readonly Step<int, int> Add = new(n => n + 1);")]
    [InlineData("readonly Step<int, int> Add = [|new(n => n + 1)|];", "readonly static Step<int, int> Add = new(n => n + 1);")]
    [InlineData("Step<int, int> Add = [|new(n => n + 1)|];", "static readonly Step<int, int> Add = new(n => n + 1);")]
    [InlineData("static Step<int, int> Add => [|new(n => n + 1)|];", "static Step<int, int> Add { get; } = new(n => n + 1);")]
    public Task Are_fixed(string before, string after) => FixCheck.RunAsync<StepFieldAnalyzer, StepFieldFix>("ORK002", Around(before), Around(after));

    static IReadOnlyList<Finding> Found(string member) => Analysis.OfOrkestra(Around(member));

    static string Around(string member) => $$"""
        public sealed class Handler : IStepHandler<int, int>
        {
            public Task<int> HandleAsync(int input, StepContext context) => Task.FromResult(input);
        }
        public class Steps
        {
            {{member}}
        }
        """;
}
