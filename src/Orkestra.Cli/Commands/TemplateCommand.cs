using System.CommandLine;
using Orkestra.Cli.Deploying;
using Orkestra.Deployment;
using Orkestra.Deployment.Templates;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra template</c>: a CloudFormation template of a program's workflows and the package of their functions.</summary>
internal static class TemplateCommand
{
    internal static Command Create(ToolStreams streams)
    {
        var project = new Argument<string>("PROJECT") { Description = "The workflow program: a project file, or the folder of one." };
        var output = new Option<string>("--output", "-o") { Description = "The folder that receives the template, the package and the parts for other tools.", DefaultValueFactory = _ => "orkestra.out", HelpName = "DIR" };
        var workflow = new Option<string[]>("--workflow") { Description = "A workflow to deploy. The default is all workflows of the program.", HelpName = "NAME" };
        var runtime = new Option<string>("--runtime") { Description = "managed for dotnet10, native for an executable compiled ahead of time.", DefaultValueFactory = _ => "managed" };
        runtime.AcceptOnlyFromAmong("managed", "native");
        var architecture = new Option<string?>("--architecture") { Description = "The processor of the functions; arm64, unless the executable in --functions is for x64." };
        architecture.AcceptOnlyFromAmong("arm64", "x64");
        var memory = new Option<int>("--memory") { Description = "The memory of functions whose steps don't set it, in MiB.", DefaultValueFactory = _ => FunctionDefaults.Memory, HelpName = "MIB" };
        var timeout = new Option<int>("--timeout") { Description = "The timeout of functions whose steps don't set one, in seconds.", DefaultValueFactory = _ => FunctionDefaults.TimeoutSeconds, HelpName = "SECONDS" };
        var days = new Option<int>("--log-days") { Description = "The number of days to keep logs.", DefaultValueFactory = _ => FunctionDefaults.LogDays, HelpName = "DAYS" };
        var observability = new Option<bool?>("--observability") { Description = "Turns logs, metrics and traces on or off. The default is the setting of each workflow.", HelpName = "true|false" };
        var latest = new Option<bool>("--no-versions") { Description = "Calls the functions themselves instead of published versions: a running execution may meet newer functions." };
        var alias = new Option<string?>("--alias") { Description = "An alias on a published version of each state machine, which schedules start.", HelpName = "NAME" };
        var express = new Option<string[]>("--express") { Description = "A workflow that is deployed as an Express state machine.", HelpName = "NAME" };
        var schedule = new Option<string[]>("--schedule") { Description = "Starts a workflow on a schedule: \"Report=cron(0 8 ? * MON-FRI *)\".", HelpName = "NAME=EXPRESSION" };
        var zone = new Option<string?>("--time-zone") { Description = "The IANA time zone of the schedules; UTC by default.", HelpName = "ZONE" };
        var input = new Option<string[]>("--schedule-input") { Description = "The input of a scheduled workflow.", HelpName = "NAME=JSON" };
        var parameters = new Option<bool>("--bucket-parameters") { Description = "Bucket and key of the package are parameters of the template, instead of a path for 'aws cloudformation package'." };
        var functions = new Option<string?>("--functions") { Description = "A folder with the published program. By default, the command publishes it.", HelpName = "DIR" };
        var configuration = new Option<string>("--configuration", "-c") { Description = "The build configuration that is published.", DefaultValueFactory = _ => "Release", HelpName = "NAME" };
        var noBuild = new Option<bool>("--no-build") { Description = "Uses the last build of the program." };
        var noPackage = new Option<bool>("--no-package") { Description = "Writes only the template, without publishing, packing or checking the program." };
        var json = new Option<bool>("--json") { Description = "Writes what was made as one JSON object." };
        var command = new Command("template", "Writes a CloudFormation template of the workflows of a program, and the package of their functions, for 'aws cloudformation deploy'.")
        {
            project, output, workflow, runtime, architecture, memory, timeout, days, observability, latest, alias, express, schedule, zone, input, parameters, functions, configuration, noBuild, noPackage, json,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            new TemplateRequest(parsed.GetValue(project)!, parsed.GetValue(output)!)
            {
                Workflows = parsed.GetValue(workflow) ?? [],
                IsNative = parsed.GetValue(runtime) == "native",
                IsArm = parsed.GetValue(architecture) is { } processor ? processor == "arm64" : null,
                Functions = parsed.GetValue(functions),
                Configuration = parsed.GetValue(configuration)!,
                IsBuilt = parsed.GetValue(noBuild),
                HasPackage = !parsed.GetValue(noPackage),
                IsJson = parsed.GetValue(json),
                Options = new TemplateOptions
                {
                    Memory = parsed.GetValue(memory),
                    TimeoutSeconds = parsed.GetValue(timeout),
                    LogDays = parsed.GetValue(days),
                    Observability = parsed.GetValue(observability),
                    Versions = !parsed.GetValue(latest),
                    Alias = parsed.GetValue(alias),
                    Express = parsed.GetValue(express) ?? [],
                    Schedules = Schedules(parsed.GetValue(schedule) ?? [], parsed.GetValue(input) ?? [], parsed.GetValue(zone)),
                    CodePath = parsed.GetValue(parameters) ? null : TemplateRun.PackageFile,
                },
            },
            streams,
            cancellation));
        return command;
    }

    static async Task<int> RunAsync(TemplateRequest request, ToolStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            return await new TemplateRun(request, streams).RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (DeploymentException problem)
        {
            throw new ToolException(problem.Message, ToolExitCode.Failure);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"The template cannot be written to '{request.Output}': {problem.Message}", ToolExitCode.Failure);
        }
    }

    static TemplateSchedule[] Schedules(string[] schedules, string[] inputs, string? zone)
    {
        var inputOf = inputs.Select(input => Split("--schedule-input", input, "Report={\"day\":1}")).ToLookup(input => input.Name, input => input.Value, StringComparer.Ordinal);
        var made = schedules.Select(schedule => Split("--schedule", schedule, "Report=rate(1 day)"))
            .Select(schedule => new TemplateSchedule(schedule.Name, schedule.Value) { TimeZone = zone, Input = inputOf[schedule.Name].LastOrDefault() }).ToArray();
        return inputOf.FirstOrDefault(input => made.All(schedule => schedule.Workflow != input.Key)) is { } unused
            ? throw new ToolException($"There is an input for a schedule of '{unused.Key}', but no schedule: add --schedule \"{unused.Key}=…\".")
            : made;
    }

    static (string Name, string Value) Split(string option, string text, string example)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at], text[(at + 1)..]) : throw new ToolException($"'{text}' of {option} names no workflow: write it as '{example}'.");
    }
}
