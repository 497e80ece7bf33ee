using Orkestra.Asl.Integrations;
using Shouldly;
using Xunit;

namespace Orkestra.Tests.Asl.Integrations;

public sealed class IntegrationCatalogTests
{
    [Fact]
    public void Every_file_is_a_service_with_names_of_its_own()
    {
        ServiceIntegration[] all = [.. IntegrationCatalog.All];
        all.Length.ShouldBeGreaterThan(40);
        all.ShouldAllBe(service => service.Name != null || service.SdkName != null);
        foreach (var service in all)
        {
            if (service.Name is { } name) IntegrationCatalog.FindOptimized(name).ShouldBeSameAs(service);
            if (service.SdkName is { } sdk) IntegrationCatalog.FindSdk(sdk).ShouldBeSameAs(service);
            if (service.Name is not null) service.Actions.ShouldNotBeEmpty(service.Name);
        }
    }

    [Fact]
    public void A_service_is_found_by_the_name_of_its_kind_of_integration()
    {
        IntegrationCatalog.FindSdk("sfn").ShouldBeSameAs(IntegrationCatalog.FindOptimized("states"));
        IntegrationCatalog.FindSdk("eventbridge").ShouldBeSameAs(IntegrationCatalog.FindOptimized("events"));
        IntegrationCatalog.FindSdk("emr").ShouldBeSameAs(IntegrationCatalog.FindOptimized("elasticmapreduce"));
        IntegrationCatalog.FindOptimized("sfn").ShouldBeNull();
        IntegrationCatalog.FindOptimized("s3").ShouldBeNull();
        IntegrationCatalog.FindSdk("states").ShouldBeNull();
        IntegrationCatalog.FindSdk("http").ShouldBeNull();
        IntegrationCatalog.FindSdk("nowhere").ShouldBeNull();
    }

    [Theory]
    [InlineData("states", "startExecution", true)]
    [InlineData("states", "startExecution.sync", true)]
    [InlineData("states", "startExecution.sync:2", true)]
    [InlineData("states", "startExecution.waitForTaskToken", true)]
    [InlineData("states", "startExecution.sync:3", false)]
    [InlineData("states", "stopExecution", false)]
    [InlineData("batch", "submitJob.sync:2", false)]
    [InlineData("lambda", "invoke.sync", false)]
    [InlineData("http", "invoke.waitForTaskToken", false)]
    [InlineData("emr-serverless", "startJobRun.sync", true)]
    [InlineData("dynamodb", "getItem", true)]
    [InlineData("dynamodb", "query", false)]
    public void An_action_has_the_patterns_of_its_file(string service, string action, bool isKnown) =>
        (IntegrationCatalog.FindOptimized(service)!.Find(action) is not null).ShouldBe(isKnown);

    [Fact]
    public void An_action_needs_parameters()
    {
        IntegrationCatalog.FindOptimized("batch")!.Find("submitJob.sync")!.Required.ShouldBe(["JobName", "JobQueue", "JobDefinition"]);
        IntegrationCatalog.FindOptimized("sns")!.Find("publish")!.Required.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("s3", "getObject", true)]
    [InlineData("s3", "getObject.waitForTaskToken", true)]
    [InlineData("s3", "selectObjectContent", false)]
    [InlineData("s3", "selectObjectContent.waitForTaskToken", false)]
    [InlineData("lambda", "invokeWithResponseStream", false)]
    public void Some_actions_of_an_api_are_not_in_sdk_integrations(string service, string action, bool isKnown) =>
        IntegrationCatalog.FindSdk(service)!.MayHaveSdkAction(action).ShouldBe(isKnown);

    [Theory]
    [InlineData("service a b")]
    [InlineData("action run async")]
    [InlineData("anything")]
    public void A_line_that_is_not_known_is_refused(string line) =>
        Should.Throw<FormatException>(() => new ServiceIntegration(new StringReader(line))).Message.ShouldBe($"'{line}' is not a line of a service's file.");
}
