using Shouldly;
using Xunit;

namespace Orkestra.Analyzers.Tests.Callbacks;

/// <summary>ORK025: callbacks whose token is not handed out.</summary>
public sealed class UnreadTokenTests
{
    [Theory]
    [InlineData("new((n, context) => default)", "", "for up to a year")]
    [InlineData("new((n, _) => default)", "TimeSpan.FromDays(1)", "until its timeout")]
    [InlineData("new(async (n, context) => await Task.Delay(n, context.CancellationToken))", "TimeSpan.FromDays(1)", "until its timeout")]
    public void Are_reported(string made, string arguments, string until)
    {
        var finding = Found(made, arguments).ShouldHaveSingleItem();
        (finding.Id, finding.Code).ShouldBe(("ORK025", "WaitForCallback<int>"));
        finding.Message.ShouldContain($"The step 'Ask' never reads TaskToken of its context, so the task can't be completed and the state waits {until}");
    }

    [Theory]
    [InlineData("new((n, context) => { Send(context.TaskToken); })")]
    [InlineData("new((n, context) => { Send(context.TaskToken!); })")]
    [InlineData("new((n, context) => { Send(context); })")]
    [InlineData("new((n, context) => { var own = context; Send(own.TaskToken); })")]
    [InlineData("new((n, context) => { if (context is { TaskToken: { } token }) Send(token); })")]
    [InlineData("new(Hand)")]
    public void Those_that_hand_it_out_are_fine(string made) => Found(made, "TimeSpan.FromDays(1)").ShouldBeEmpty();

    static IReadOnlyList<Finding> Found(string made, string arguments) => Analysis.OfOrkestra($$"""
        public sealed class Shop : Workflow<int, int>
        {
            static readonly Step<int, Nothing> Ask = {{made}};
            public override Flow<int, int> Define() => Ask.WaitForCallback<int>({{arguments}});
            static void Send(object? token) { }
            static void Hand(int number, StepContext context) => Send(context);
        }
        """);
}
