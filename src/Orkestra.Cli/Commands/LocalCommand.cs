using System.CommandLine;
using Orkestra.Cli.Serving;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra local</c>: serves the Step Functions API on this machine.</summary>
internal static class LocalCommand
{
    const int DefaultPort = 8083;

    internal static Command Create(ToolStreams streams)
    {
        var port = new Option<int>("--port") { Description = "The port; 0 for any free one.", DefaultValueFactory = _ => DefaultPort, HelpName = "PORT" };
        var listen = new Option<string>("--listen") { Description = "The address to listen on. Another one than a loopback address needs --token.", DefaultValueFactory = _ => "127.0.0.1", HelpName = "ADDRESS" };
        var token = new Option<string?>("--token") { Description = "A secret that callers present as their AWS access key id. ORKESTRA_TOKEN sets it too.", HelpName = "TOKEN" };
        var data = new Option<string?>("--data") { Description = "The folder that keeps state machines and executions, made on first use; they are in memory without it.", HelpName = "DIR" };
        var log = new Option<string?>("--log") { Description = "Where state machines with a loggingConfiguration log: a file, or - for standard output.", HelpName = "FILE|-" };
        var express = new Option<bool>("--express") { Description = "The state machines of the files are Express." };
        var readOnly = new Option<bool>("--read-only") { Description = "The dashboard only shows: it starts, stops and answers nothing." };
        var json = new Option<bool>("--json") { Description = "Writes the address as JSON." };
        var files = new Argument<string[]>("FILE") { Description = "Definitions (ASL); each becomes a state machine with the name of its file.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("local", "Serves AWS Step Functions on this machine, for AWS SDKs and the AWS CLI, with a dashboard on the same port.") { port, listen, token, data, log, express, readOnly, json, files };
        command.SetAction((parsed, cancellation) => LocalServer.RunAsync(
            new LocalServerOptions
            {
                Port = parsed.GetValue(port),
                Address = parsed.GetValue(listen)!,
                Token = parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("ORKESTRA_TOKEN"),
                Data = parsed.GetValue(data),
                IsReadOnly = parsed.GetValue(readOnly),
                IsJson = parsed.GetValue(json),
                Log = parsed.GetValue(log),
                IsExpress = parsed.GetValue(express),
                Files = parsed.GetValue(files) ?? [],
                Environment = ServiceEnvironment.OfProcess(),
            },
            streams,
            cancellation));
        return command;
    }
}
