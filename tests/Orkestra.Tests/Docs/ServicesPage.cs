using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Authoring.Services;
using Orkestra.Expressions.Data;
using Orkestra.Validation;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Docs;

/// <summary>The code of <c>docs/services.md</c>, compiled to documents.</summary>
public sealed class ServicesPage
{
    public sealed record Order(string Id, decimal Total);

    public sealed record Approval(bool IsApproved);

    public sealed class Approve : Workflow<Order, Approval>
    {
        static ServiceStep<Order, Approval> Ask => Aws.Callback<Order, Approval>(
            "sqs:sendMessage", (order, token) => new { QueueUrl = "${Approvals}", MessageBody = new { Token = token, Order = order } });

        public override Flow<Order, Approval> Define() => Ask.Timeout(TimeSpan.FromDays(2));
    }

    [Fact]
    public void A_callback_hands_out_the_token()
    {
        var document = new Approve().Compile().Document;
        StateMachineValidator.Validate(document).Diagnostics.ShouldBeEmpty();
        var ask = (TaskState)document.States["Ask"];
        ask.Resource.ShouldBe("arn:aws:states:::sqs:sendMessage.waitForTaskToken");
        ask.TimeoutSeconds.ShouldBe(172_800);
        ask.Arguments!["MessageBody"].ShouldBe(JsonValue.Parse("""{ "Token": "{% $states.context.Task.Token %}", "Order": "{% $states.input %}" }"""));
    }
}
