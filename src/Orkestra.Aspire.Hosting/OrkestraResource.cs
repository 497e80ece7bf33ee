using Aspire.Hosting.ApplicationModel;

namespace Orkestra.Aspire.Hosting;

/// <summary>The server of <c>orkestra local</c> as a resource of an app host. Its connection string is the address of the Step Functions endpoint.</summary>
public sealed class OrkestraResource : ExecutableResource, IResourceWithConnectionString
{
    internal const string HttpEndpointName = "http";

    readonly List<string> stateMachines = [];

    /// <summary>Makes a resource. <see cref="OrkestraHosting.AddOrkestra"/> does so, and sets it up.</summary>
    /// <param name="name">The resource's name.</param>
    /// <param name="command">The program to run: the tool <c>orkestra</c>.</param>
    /// <param name="workingDirectory">The folder it runs in.</param>
    public OrkestraResource(string name, string command, string workingDirectory)
        : base(name, command, workingDirectory) => Endpoint = new EndpointReference(this, HttpEndpointName);

    /// <summary>The Step Functions endpoint, which serves the dashboard too.</summary>
    public EndpointReference Endpoint { get; }

    /// <summary>The address of the endpoint.</summary>
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Endpoint.Property(EndpointProperty.Url)}");

    /// <summary>The full paths of what the server serves, in the order in which they were added.</summary>
    public IReadOnlyList<string> StateMachines => stateMachines;

    /// <summary>The folder that keeps state machines and executions; null when they end with the server.</summary>
    public string? Data { get; internal set; }

    internal void Serve(string path) => stateMachines.Add(path);
}
