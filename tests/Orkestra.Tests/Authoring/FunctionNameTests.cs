using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Expressions.Data;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Authoring;

/// <summary>The names in a document that a deployment fills in.</summary>
public sealed class FunctionNameTests
{
    static readonly Step<int, int> Plain = new(number => number) { Name = "Plain" };
    static readonly Step<int, int> Spaced = new(number => number) { Name = "Add a re-stocking fee" };
    static readonly Step<int, int> InWorker = new(number => number) { Name = "Press by hand", Host = StepHost.Worker };

    [Fact]
    public void A_function_has_the_name_of_its_step_without_spaces_and_hyphens()
    {
        ((IStep)Plain).FunctionName.ShouldBe("Plain");
        ((IStep)Spaced).FunctionName.ShouldBe("Addarestockingfee");
        var definition = TestWorkflow.Of(Plain >> Spaced).Compile();
        definition.Steps.ShouldAllBe(step => step.Value.FunctionName == step.Key);
        ((TaskState)definition.Document.States["Add a re-stocking fee"]).Arguments!["FunctionName"].ShouldBe((JsonValue)"${Addarestockingfee}");
    }

    [Fact]
    public void An_activity_has_substitutions_for_its_region_and_account()
    {
        var task = (TaskState)TestWorkflow.Of(Plain >> InWorker).Compile().Document.States["Press by hand"];
        task.Resource.ShouldBe($"arn:aws:states:${{{WorkflowDefinition.ActivityRegion}}}:${{{WorkflowDefinition.ActivityAccount}}}:activity:${{{((IStep)InWorker).FunctionName}}}");
    }
}
