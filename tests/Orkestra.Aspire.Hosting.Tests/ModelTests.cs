using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Shouldly;
using Xunit;

namespace Orkestra.Aspire.Hosting.Tests;

/// <summary>What an app host says about its resources, without starting any.</summary>
public sealed class ModelTests
{
    [Fact]
    public async Task The_server_gets_its_port_data_and_state_machines()
    {
        var builder = AppHost.Create();
        var workflows = builder.AddOrkestra("workflows", port: 8083, command: "/opt/orkestra").WithStateMachine("Double.asl.json").WithStateMachine("/srv/cdk.out").WithData(".orkestra");
        Allocate(workflows.Resource, 8083, targetPort: 41234);

        workflows.Resource.Command.ShouldBe("/opt/orkestra");
        var arguments = await ArgumentsAsync(workflows.Resource);
        arguments.ShouldBe(["local", "--port", "41234", "--data", Path.Combine(builder.AppHostDirectory, ".orkestra"), Path.Combine(builder.AppHostDirectory, "Double.asl.json"), "/srv/cdk.out"]);
        workflows.Resource.StateMachines.Count.ShouldBe(2);
        workflows.Resource.Endpoint.Url.ShouldBe("http://localhost:8083");
    }

    [Fact]
    public async Task A_resource_that_refers_to_it_calls_it()
    {
        var builder = AppHost.Create();
        var workflows = builder.AddOrkestra("workflows");
        var shop = builder.AddExecutable("shop", "shop", ".").WithReference(workflows);
        Allocate(workflows.Resource, 40001, targetPort: 41234);

        var environment = await EnvironmentAsync(shop.Resource, builder.ExecutionContext);
        environment["AWS_ENDPOINT_URL_SFN"].ShouldBe("http://localhost:40001");
        environment["AWS_DISABLE_HOST_PREFIX_INJECTION"].ShouldBe("true");
        environment["Orkestra__Place"].ShouldBe("http://localhost:40001");
        environment["ConnectionStrings__workflows"].ShouldBe("http://localhost:40001");
        (await EnvironmentAsync(builder.AddExecutable("other", "other", ".").Resource, builder.ExecutionContext)).ShouldNotContainKey("AWS_ENDPOINT_URL_SFN");
    }

    [Fact]
    public void It_has_a_health_check_a_link_and_traces_and_is_not_published()
    {
        var builder = AppHost.Create();
        var workflows = builder.AddOrkestra("workflows").Resource;
        workflows.Annotations.OfType<HealthCheckAnnotation>().Count().ShouldBe(1);
        workflows.Annotations.OfType<ResourceUrlsCallbackAnnotation>().ShouldNotBeEmpty();
        workflows.Annotations.OfType<OtlpExporterAnnotation>().ShouldNotBeEmpty();
        workflows.Annotations.OfType<ManifestPublishingCallbackAnnotation>().Single().ShouldBe(ManifestPublishingCallbackAnnotation.Ignore);
    }

    [Fact]
    public void Missing_names_are_refused()
    {
        var builder = AppHost.Create();
        Should.Throw<ArgumentException>(() => builder.AddOrkestra("workflows", command: ""));
        Should.Throw<ArgumentException>(() => builder.AddOrkestra("workflows").WithStateMachine(""));
        Should.Throw<ArgumentNullException>(() => OrkestraHosting.AddOrkestra(null!, "workflows"));
    }

    static void Allocate(OrkestraResource resource, int port, int targetPort)
    {
        var endpoint = resource.Annotations.OfType<EndpointAnnotation>().Single();
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port, targetPortExpression: targetPort.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    static async Task<string[]> ArgumentsAsync(OrkestraResource resource)
    {
        var arguments = new List<object>();
        foreach (var annotation in resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>()) await annotation.Callback(new CommandLineArgsCallbackContext(arguments));
        var values = new List<string>();
        foreach (var argument in arguments) values.Add(argument is IValueProvider provider ? (await provider.GetValueAsync())! : (string)argument);
        return [.. values];
    }

    static async Task<Dictionary<string, string?>> EnvironmentAsync(ExecutableResource resource, DistributedApplicationExecutionContext execution)
    {
        var context = new EnvironmentCallbackContext(execution, resource);
        foreach (var annotation in resource.Annotations.OfType<EnvironmentCallbackAnnotation>()) await annotation.Callback(context);
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var (name, value) in context.EnvironmentVariables) values[name] = value is IValueProvider provider ? await provider.GetValueAsync() : value.ToString();
        return values;
    }
}
