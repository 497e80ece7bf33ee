using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orkestra.Asl;
using Orkestra.AspNetCore;
using Orkestra.Authoring;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;

namespace Orkestra.Client.Tests;

/// <summary>
/// The workflows in an app, and a client's app that differs in one line: its own runtime, the endpoint of the first app, or that endpoint as a stand-in for AWS.
/// </summary>
sealed class Place : IAsyncDisposable
{
    internal const string Embedded = "embedded";
    internal const string Endpoint = "endpoint";
    internal const string Aws = "aws";

    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    const string Callback = """
        {"StartAt":"Ask","States":{"Ask":{"Type":"Task","Resource":"arn:aws:states:::sqs:sendMessage.waitForTaskToken",
        "Parameters":{"QueueUrl":"http://queue","MessageBody.$":"$$.Task.Token"},"End":true}}}
        """;

    readonly WebApplication server;
    readonly IHost? client;

    Place(WebApplication server, IHost? client, Till till, TokenBox tokens)
    {
        this.server = server;
        this.client = client;
        Till = till;
        Tokens = tokens;
    }

    internal Till Till { get; }

    /// <summary>The tokens that were given away.</summary>
    internal TokenBox Tokens { get; }

    internal IServiceProvider Services => client?.Services ?? server.Services;

    internal IWorkflowClient<T> Client<T>()
        where T : Workflow => Services.GetRequiredService<IWorkflowClient<T>>();

    internal static async Task<Place> StartAsync(string place)
    {
        var (till, tokens) = (new Till(), new TokenBox());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(till);
        builder.Services.AddOrkestra(orkestra =>
        {
            AddWorkflows(orkestra).UseInvoker(_ => tokens);
            orkestra.AddStateMachine("Callback", AslReader.Read(Callback).Document!);
        });
        builder.Services.AddStepFunctions();
        var app = builder.Build();
        app.MapStepFunctions("/");
        await app.StartAsync();
        if (place == Embedded) return new Place(app, null, till, tokens);
        var address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var host = Host.CreateEmptyApplicationBuilder(null);
        host.Services.AddOrkestra(orkestra => Use(AddWorkflows(orkestra), place, address));
        var built = host.Build();
        await built.StartAsync();
        return new Place(app, built, till, tokens);
    }

    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.StopAsync();
            client.Dispose();
        }

        await server.StopAsync();
        await server.DisposeAsync();
    }

    static OrkestraBuilder AddWorkflows(OrkestraBuilder orkestra) => orkestra.AddWorkflow<PlaceOrder>().AddWorkflow(new Nightly());

    // The one line.
    static void Use(OrkestraBuilder orkestra, string place, Uri address) => _ = place == Endpoint
        ? orkestra.UsePlace(address.AbsoluteUri)
        : orkestra.UseAws("eu-central-1", aws => (aws.Endpoint, aws.Credentials) = (address, new Amazon.Runtime.BasicAWSCredentials("AKIDEXAMPLE", "secret")));
}

/// <summary>Takes the messages of tasks that wait for their token.</summary>
sealed class TokenBox : ITaskInvoker
{
    readonly System.Threading.Channels.Channel<string> tokens = System.Threading.Channels.Channel.CreateUnbounded<string>();

    internal ValueTask<string> NextAsync(CancellationToken cancellationToken) => tokens.Reader.ReadAsync(cancellationToken);

    public ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (invocation.Resource.Service != "sqs") return new(TaskOutcome.Unhandled);
        tokens.Writer.TryWrite(((Expressions.Data.JsonString)invocation.Input["MessageBody"]!).Value);
        return new(TaskOutcome.Result(Expressions.Data.JsonObject.Empty));
    }
}
