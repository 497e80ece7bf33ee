using System.CommandLine;
using Orkestra.Client.Connections;

namespace Orkestra.Cli.Remote;

/// <summary>The options of commands that talk to an endpoint.</summary>
internal sealed class RemoteOptions
{
    internal Option<string?> Endpoint { get; } = new("--endpoint") { Description = "The endpoint, or aws or aws:REGION; http://127.0.0.1:8083 by default. ORKESTRA_ENDPOINT and AWS_ENDPOINT_URL_SFN set it too.", HelpName = "URL" };

    internal Option<string?> Token { get; } = new("--token") { Description = "The secret of an endpoint that was started with one. ORKESTRA_TOKEN sets it too.", HelpName = "TOKEN" };

    internal Option<bool> Json { get; } = new("--json") { Description = "Writes JSON." };

    /// <summary>Adds the options to a command, and its action over the endpoint.</summary>
    internal Command AddTo(Command command, Func<ParseResult, EndpointClient, CancellationToken, Task<int>> action)
    {
        command.Add(Endpoint);
        command.Add(Token);
        command.Add(Json);
        command.SetAction(async (parsed, cancellation) =>
        {
            var address = parsed.GetValue(Endpoint) ?? Environment.GetEnvironmentVariable("ORKESTRA_ENDPOINT") ?? Environment.GetEnvironmentVariable("AWS_ENDPOINT_URL_SFN") ?? "http://127.0.0.1:8083";
            using var client = Connect(address, parsed.GetValue(Token) ?? Environment.GetEnvironmentVariable("ORKESTRA_TOKEN"));
            return await action(parsed, client, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    static EndpointClient Connect(string address, string? token)
    {
        if (address == "aws" || address.StartsWith("aws:", StringComparison.Ordinal))
        {
            try
            {
                return new EndpointClient(WorkflowConnection.ToAws(new AwsConnectionOptions { Region = address.Length > 4 ? address[4..] : null }), "AWS");
            }
            catch (InvalidOperationException problem)
            {
                throw new ToolException(problem.Message);
            }
        }

        return Uri.TryCreate(address, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" ? new EndpointClient(endpoint, token)
            : throw new ToolException($"'{address}' is not the address of an endpoint. Use one such as http://127.0.0.1:8083.");
    }
}
