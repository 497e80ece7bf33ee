using System.CommandLine;
using Microsoft.Extensions.DependencyInjection;
using Orkestra.Cli.Apps;
using Orkestra.Cli.Running;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Extensions.Hosting.Schedules;
using Orkestra.Local;
using Orkestra.Serving;
using Orkestra.Sqlite;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra local</c>: serves the Step Functions API on this machine.</summary>
internal static class LocalCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var port = new Option<int>("--port") { Description = "The port; 0 for any free one.", DefaultValueFactory = _ => LocalServerOptions.DefaultPort, HelpName = "PORT" };
        var listen = new Option<string>("--listen") { Description = "The address to listen on. An address other than loopback requires --token.", DefaultValueFactory = _ => LocalServerOptions.DefaultAddress, HelpName = "ADDRESS" };
        var token = new Option<string?>("--token") { Description = "A secret that callers present as their AWS access key id. ORKESTRA_TOKEN sets it too.", HelpName = "TOKEN" };
        var data = new Option<string?>("--data") { Description = "The folder for state machines and executions, created on first use. Without it, they are kept in memory.", HelpName = "DIR" };
        var log = new Option<string?>("--log") { Description = "Where state machines that have a loggingConfiguration write their logs: a file, or - for standard output.", HelpName = "FILE|-" };
        var express = new Option<bool>("--express") { Description = "The state machines of definitions are Express." };
        var days = new Option<double?>("--keep-days") { Description = "Deletes executions that ended more than this many days ago, at the start and every hour. Requires --data.", HelpName = "DAYS" };
        var count = new Option<int?>("--keep") { Description = "Keeps this many of the newest ended executions. Requires --data.", HelpName = "NUMBER" };
        var readOnly = new Option<bool>("--read-only") { Description = "Makes the dashboard read-only: it can't start, stop or complete anything." };
        var json = new Option<bool>("--json") { Description = "Writes the address as JSON." };
        var targets = new Argument<string[]>("TARGET")
        {
            Description = "What to serve: a definition (ASL), which becomes a state machine with the name of its file; a cdk.out folder; a CloudFormation or SAM template, JSON or YAML; or an assembly (.dll) with workflows. Schedules of a template start executions. A target whose files change is loaded again.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("local", "Serves AWS Step Functions on this machine, for AWS SDKs and the AWS CLI, with a dashboard on the same port.") { port, listen, token, data, log, express, days, count, readOnly, json, targets };
        command.SetAction(async (parsed, cancellation) =>
        {
            var environment = ServiceEnvironment.OfProcess();
            var (age, most) = (parsed.GetValue(days), parsed.GetValue(count));
            if (age is < 0 or > 36_500 || most < 0) throw new ToolException("--keep-days takes 0 to 36500 days, and --keep a number from 0 on.");
            if ((age ?? most) is not null && parsed.GetValue(data) is null) throw new ToolException("--keep-days and --keep need --data: executions in memory are not kept anyway.");
            var invoker = new AppInvoker();
            var served = new ServedTargets(parsed.GetValue(targets) ?? [], parsed.GetValue(express), environment.AccountId, environment.Region, invoker, streams);
            served.Read();
            var options = new LocalServerOptions
            {
                Port = parsed.GetValue(port),
                Address = parsed.GetValue(listen)!,
                Token = parsed.GetValue(token) ?? Environment.GetEnvironmentVariable("ORKESTRA_TOKEN"),
                Data = parsed.GetValue(data),
                Retention = (age ?? most) is null ? null : new RetentionPolicy { MaxAge = age is { } whole ? TimeSpan.FromDays(whole) : null, MaxCount = most },
                IsReadOnly = parsed.GetValue(readOnly),
                Log = parsed.GetValue(log),
                Environment = environment,
                Invoker = invoker,
                FindWorkflow = invoker.FindWorkflow,
                Workflows = orkestra => orkestra.AddSchedules(),
            };
            using var telemetry = OtlpExport.Start();
            using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            Task watching = Task.CompletedTask;
            try
            {
                await LocalServer.RunAsync(
                    options,
                    streams.Output,
                    streams.Error,
                    async (services, address) =>
                    {
                        var host = new ServedHost(services.GetRequiredService<StepFunctionsService>(), services.GetRequiredService<WorkflowSchedules>());
                        await served.LoadAsync(host).ConfigureAwait(false);
                        watching = served.WatchAsync(host, ending.Token);
                        await streams.Output.WriteLineAsync(parsed.GetValue(json) ? JsonObject.Create(("endpoint", address)).ToJson() : $"Step Functions listens on {address}").ConfigureAwait(false);
                        if (!parsed.GetValue(json)) await streams.Output.WriteLineAsync($"Dashboard: {address}/").ConfigureAwait(false);
                    },
                    cancellation).ConfigureAwait(false);
            }
            finally
            {
                await ending.CancelAsync().ConfigureAwait(false);
                await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            return ToolExitCode.Success;
        });
        return command;
    }
}
