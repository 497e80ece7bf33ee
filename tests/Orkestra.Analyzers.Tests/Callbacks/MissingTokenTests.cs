using Microsoft.CodeAnalysis;
using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Callbacks;

/// <summary>ORK029: steps that read a token that their task doesn't have.</summary>
public sealed class MissingTokenTests
{
    const string Ask = "static readonly Step<int, Nothing> Ask = new((n, context) => Console.Error.WriteLine(context.TaskToken));";

    [Theory]
    [InlineData($"{Ask} static Flow<int, Nothing> Flow() => Add >> Ask;")]
    [InlineData($"{Ask} static readonly Step<int, Nothing> Other = new((n, context) => Console.Error.WriteLine(context.TaskToken)); static Flow<int, int> Flow() => Add >> Other.WaitForCallback<int>();")]
    [InlineData("static Step<int, Nothing> Ask { get; } = new((n, context) => Console.Error.WriteLine(context.TaskToken!.Length)); static Flow<int, Nothing> Flow() => Add >> Ask;")]
    public void Are_reported(string members)
    {
        var finding = Found(members).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK029", "context.TaskToken"));
        finding.Message.ShouldStartWith("The step 'Ask' reads TaskToken of its context, which is null");
    }

    [Theory]
    [InlineData($"{Ask} static Flow<int, int> Flow() => Add >> Ask.WaitForCallback<int>(TimeSpan.FromDays(1));")]
    [InlineData($"public {Ask} static Flow<int, Nothing> Flow() => Add >> Ask;")]
    [InlineData($"{Ask} static Flow<int, int> Waiting(Step<int, Nothing> step) => step.WaitForCallback<int>(TimeSpan.FromDays(1));")]
    [InlineData("static readonly Step<int, int> Ask = new((n, context) => context.TaskToken is { } token ? token.Length : n);")]
    [InlineData("static readonly Step<int, int> Ask = new((n, context) => context.TaskToken?.Length ?? n);")]
    [InlineData("static readonly Step<int, int> Ask = new((n, context) => { if (string.IsNullOrEmpty(context.TaskToken)) return n; return context.TaskToken.Length; });")]
    public void Those_that_wait_or_ask_or_may_wait_elsewhere_are_fine(string members) => Found(members).ShouldBeEmpty();

    [Fact]
    public void In_a_program_nobody_else_can_wait() =>
        Found($"public {Ask} static int Main() => 0;", OutputKind.ConsoleApplication).ShouldHaveSingleItem().Id.ShouldBe("ORK029");

    static IReadOnlyList<Finding> Found(string members, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) =>
        Analysis.OfOrkestra($"public static class Shop {{ static readonly Step<int, int> Add = new(n => n + 1); {members} }}", kind);
}
