using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;

namespace Orkestra.Aspire.Hosting;

/// <summary>Puts a local Step Functions into an app host.</summary>
public static class OrkestraHosting
{
    /// <summary>
    /// Adds the server of <c>orkestra local</c>: the API of Step Functions and the dashboard, on one port. It is healthy when it answers and its store can be reached. Its executions
    /// are exported as traces to the dashboard of Aspire. It runs where the app host runs and is not part of what is published.
    /// </summary>
    /// <param name="builder">The app host.</param>
    /// <param name="name">The name of the resource.</param>
    /// <param name="port">The port that callers use; null for any free one.</param>
    /// <param name="command">The tool: its path, or its name on the <c>PATH</c>. <c>dotnet tool install --global Orkestra.Cli</c> installs it.</param>
    /// <returns>The resource, to add state machines to and to refer to.</returns>
    public static IResourceBuilder<OrkestraResource> AddOrkestra(this IDistributedApplicationBuilder builder, [ResourceName] string name, int? port = null, string command = "orkestra")
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(command);
        var resource = new OrkestraResource(name, command, builder.AppHostDirectory);
        return builder.AddResource(resource)
            .WithHttpEndpoint(port, name: OrkestraResource.HttpEndpointName)
            .WithArgs(context => AddArguments(context.Args, resource))
            .WithHttpHealthCheck("/health", endpointName: OrkestraResource.HttpEndpointName)
            .WithUrlForEndpoint(OrkestraResource.HttpEndpointName, url => url.DisplayText = "Runs")
            .WithOtlpExporter()
            .ExcludeFromManifest();
    }

    /// <summary>
    /// Serves a definition (<c>.json</c> or <c>.yaml</c>, which becomes a state machine with the name of its file), a <c>cdk.out</c> folder, a CloudFormation or SAM template, or an
    /// assembly with workflows. It is loaded again when it changes.
    /// </summary>
    /// <param name="builder">The server.</param>
    /// <param name="path">The file or folder, relative to the folder of the app host.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<OrkestraResource> WithStateMachine(this IResourceBuilder<OrkestraResource> builder, string path)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(path);
        builder.Resource.Serve(Path.GetFullPath(path, builder.ApplicationBuilder.AppHostDirectory));
        return builder;
    }

    /// <summary>Keeps state machines and executions in a folder, so that executions go on when the app host starts again. Without it they end with the server.</summary>
    /// <param name="builder">The server.</param>
    /// <param name="folder">The folder, relative to the folder of the app host; made on first use.</param>
    /// <returns>The server.</returns>
    public static IResourceBuilder<OrkestraResource> WithData(this IResourceBuilder<OrkestraResource> builder, string folder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        builder.Resource.Data = Path.GetFullPath(folder, builder.ApplicationBuilder.AppHostDirectory);
        return builder;
    }

    /// <summary>
    /// Gives a resource the address of the server: <c>AWS_ENDPOINT_URL_SFN</c>, which AWS SDKs and the AWS CLI read; <c>Orkestra__Place</c>, for <c>UsePlace</c> of Orkestra's client; and
    /// the connection string with the server's name. <c>AWS_DISABLE_HOST_PREFIX_INJECTION</c> is set to <c>true</c>, because SDKs put <c>sync-</c> before the host of
    /// StartSyncExecution and TestState, and there is no such local host. SDKs need credentials, of which the server checks none.
    /// </summary>
    /// <typeparam name="T">The type of the resource.</typeparam>
    /// <param name="builder">The resource that calls the server.</param>
    /// <param name="orkestra">The server.</param>
    /// <returns>The resource that calls the server.</returns>
    public static IResourceBuilder<T> WithReference<T>(this IResourceBuilder<T> builder, IResourceBuilder<OrkestraResource> orkestra)
        where T : IResourceWithEnvironment
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(orkestra);
        var address = orkestra.Resource.ConnectionStringExpression;
        return ResourceBuilderExtensions.WithReference(builder, (IResourceBuilder<IResourceWithConnectionString>)orkestra)
            .WithEnvironment("AWS_ENDPOINT_URL_SFN", address)
            .WithEnvironment("AWS_DISABLE_HOST_PREFIX_INJECTION", "true")
            .WithEnvironment("Orkestra__Place", address);
    }

    static void AddArguments(IList<object> arguments, OrkestraResource resource)
    {
        arguments.Add("local");
        arguments.Add("--port");
        arguments.Add(resource.Endpoint.Property(EndpointProperty.TargetPort));
        if (resource.Data is { } folder)
        {
            arguments.Add("--data");
            arguments.Add(folder);
        }

        foreach (var path in resource.StateMachines) arguments.Add(path);
    }
}
