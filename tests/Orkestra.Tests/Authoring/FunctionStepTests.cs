using System.Text.Json;
using Orkestra.Authoring;
using Orkestra.Authoring.Functions;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>Steps that a host runs by themselves.</summary>
public sealed class FunctionStepTests
{
    class DeclinedException(string reason) : Exception("declined")
    {
        public string Reason { get; } = reason;
    }

    sealed class LateException : DeclinedException
    {
        public LateException() : base("late")
        {
        }
    }

    sealed class Sale : Workflow<int, string>
    {
        public static readonly Step<int, string> Charge = new(amount => amount > 100 ? throw new LateException() : $"paid {amount}") { Name = "Charge card" };

        public override Flow<int, string> Define() => Charge.Catch<DeclinedException>((_, error) => error.Reason);

        protected override JsonSerializerOptions JsonOptions { get; } = new(JsonSerializerOptions.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };
    }

#pragma warning disable ORK005 // The mistake that a function refuses at its start.
    sealed class Streams : Workflow<Nothing, Stream>
    {
        static readonly Step<Nothing, Stream> Make = new(_ => Stream.Null);

        public override Flow<Nothing, Stream> Define() => Make;
    }
#pragma warning restore ORK005

    [Theory]
    [InlineData("Charge card")]
    [InlineData("Chargecard")]
    public async Task A_step_is_found_by_its_name_and_runs(string name)
    {
        var found = FunctionStep.Find(new Sale(), name).ShouldNotBeNull();
        found.Step.ShouldBeSameAs(Sale.Charge);
        found.Workflow!.Name.ShouldBe("Sale");
        found.IsNamed(name).ShouldBeTrue();
        found.UsesServices.ShouldBeFalse();
        (await found.Step.InvokeAsync(7, found.Serializer, new StepContext { StepName = name })).ShouldBe("paid 7");
        FunctionStep.All(new Sale()).ShouldHaveSingleItem().IsSameFunctionAs(found).ShouldBeTrue();
        FunctionStep.Find(new Sale(), "Refund").ShouldBeNull();
    }

    [Fact]
    public void An_error_has_the_name_that_the_workflow_catches_and_the_properties_that_its_handlers_read()
    {
        var found = FunctionStep.Find(new Sale(), "Charge card")!;
        var error = found.ErrorOf(new AggregateException(new LateException()));
        error.Exception.ShouldBeOfType<LateException>();
        (error.Name, error.Data).ShouldBe(("DeclinedException", JsonObject.Create(("reason", "late"))));
        (found.ErrorOf(new FormatException()).Name, found.ErrorOf(new FormatException()).Data).ShouldBe(("FormatException", null));
        new FunctionStep(Sale.Charge).ErrorOf(new LateException()).Name.ShouldBe("LateException");
        FunctionError.Of(new AggregateException(new LateException())).Name.ShouldBe("LateException");
    }

    [Fact]
    public void Payloads_without_a_JSON_form_are_refused()
    {
        FunctionStep.Find(new Sale(), "Charge card")!.CheckPayloads();
        Should.Throw<WorkflowException>(() => FunctionStep.Find(new Streams(), "Make")!.CheckPayloads()).Message.ShouldContain("Step 'Make' gives Stream");
    }
}
