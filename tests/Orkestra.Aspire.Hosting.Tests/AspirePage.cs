using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Shouldly;
using Xunit;

namespace Orkestra.Aspire.Hosting.Tests;

/// <summary>The code of <c>docs/aspire.md</c>.</summary>
public sealed class AspirePage
{
    [Fact]
    public void A_project_refers_to_the_server_and_waits_for_it()
    {
        var builder = AppHost.Create();
        var workflows = builder.AddOrkestra("workflows")
            .WithStateMachine("../../samples/Approvals/PlaceOrder.asl.json")
            .WithData(".orkestra");
        builder.AddProject("shop", "../../samples/Approvals/Approvals.csproj")
            .WithReference(workflows)
            .WaitFor(workflows);

        var shop = builder.Resources.OfType<ProjectResource>().Single();
        shop.Annotations.OfType<WaitAnnotation>().Single().Resource.ShouldBe(workflows.Resource);
        shop.Annotations.OfType<EnvironmentCallbackAnnotation>().ShouldNotBeEmpty();
    }
}
