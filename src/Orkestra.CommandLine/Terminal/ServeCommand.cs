using System.CommandLine;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Authoring;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Serving;

namespace Orkestra.CommandLine.Terminal;

/// <summary><c>serve</c>: the Step Functions endpoint with the program's workflow, whose steps run in this process, and a durable store.</summary>
internal static class ServeCommand
{
    internal static Command Create(WorkflowHost host, string name)
    {
        var port = new Option<int>("--port") { Description = "The port; 0 for any free one.", DefaultValueFactory = _ => LocalServerOptions.DefaultPort, HelpName = "PORT" };
        var listen = new Option<string>("--listen") { Description = "The address to listen on. An address other than loopback requires --token.", DefaultValueFactory = _ => LocalServerOptions.DefaultAddress, HelpName = "ADDRESS" };
        var token = new Option<string?>("--token") { Description = "A secret that callers present as their AWS access key id. ORKESTRA_TOKEN sets it too.", HelpName = "TOKEN" };
        var data = new Option<string>("--data") { Description = "The folder for executions, created on first use.", DefaultValueFactory = _ => DataFolder.Default, HelpName = "DIR" };
        var log = new Option<string?>("--log") { Description = "Where state machines that have a loggingConfiguration write their logs: a file, or - for standard output.", HelpName = "FILE|-" };
        var json = new Option<bool>("--json") { Description = "Writes the address as JSON." };
        var command = new Command("serve", $"Serves {name} as AWS Step Functions does, for AWS SDKs, the AWS CLI and the tool orkestra. Its steps run in this process.") { port, listen, token, data, log, json };
        command.SetAction((parsed, cancellation) => ServeAsync(
            host,
            new ServeRequest(
                parsed.GetValue(port), parsed.GetValue(listen)!, parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("ORKESTRA_TOKEN"), parsed.GetValue(data)!, parsed.GetValue(log),
                parsed.GetValue(json)),
            cancellation));
        return command;
    }

    static async Task<int> ServeAsync(WorkflowHost host, ServeRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await RunAsync(host.Compile().Workflow, host.Configure, request, host.Streams, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is UsageException or WorkflowException or InvalidStateMachineException)
        {
            return await host.RefuseAsync(problem.Message).ConfigureAwait(false);
        }
    }

    // A run does not load what serves.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<int> RunAsync(Workflow workflow, Action<IServiceCollection>? configure, ServeRequest request, Streams streams, CancellationToken cancellationToken)
    {
        var options = new LocalServerOptions
        {
            Port = request.Port,
            Address = request.Address,
            Token = request.Token,
            Data = request.Data,
            Log = request.Log,
            Environment = ServiceEnvironment.OfProcess(),
            Workflows = orkestra => orkestra.AddWorkflow(workflow),
            Services = configure,
        };
        try
        {
            await LocalServer.RunAsync(
                options,
                streams.Output,
                streams.Error,
                (_, address) => streams.Output.WriteLineAsync(request.IsJson
                    ? JsonObject.Create(("endpoint", address), ("stateMachine", workflow.Name)).ToJson()
                    : $"{workflow.Name} is served as Step Functions on {address}"),
                cancellationToken).ConfigureAwait(false);
            return ExitCode.Success;
        }
        catch (ServingException problem)
        {
            throw new UsageException(problem.Message);
        }
        catch (FileNotFoundException problem) when (problem.FileName?.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal) == true)
        {
            throw new UsageException("serve needs the ASP.NET Core runtime, which this program does not refer to. Remove DisableTransitiveFrameworkReferences from the project.");
        }
    }
}

internal static partial class HostCommands
{
    static partial void AddServe(RootCommand root, WorkflowHost host, string name) => root.Add(ServeCommand.Create(host, name));
}
