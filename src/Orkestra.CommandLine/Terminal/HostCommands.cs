using System.CommandLine;

namespace Orkestra.CommandLine.Terminal;

/// <summary>The commands: <c>run</c>, <c>serve</c>, <c>asl</c>, <c>describe</c>, <c>graph</c>.</summary>
internal static partial class HostCommands
{
    const string Chosen = "--workflow";

    public static async Task<int> InvokeAsync(WorkflowHost host, string[] args)
    {
        string name;
        try
        {
            name = host.Workflow.Name;
        }
        catch (UsageException exception)
        {
            return await host.RefuseAsync(exception.Message).ConfigureAwait(false);
        }

        var root = new RootCommand(host.Workflow.Description ?? $"The workflow {name}. Without a command it runs.");
        root.Add(new Option<string?>(Chosen) { Description = $"The workflow, if the program has others beside {name}.", HelpName = "NAME", Recursive = true });
        root.SetAction((parsed, cancellation) => Act(host, parsed, () => host.RunAsync(new RunRequest(null, Events: false, SkipWaits: false), cancellation)));
        root.Add(Run(host, name));
        AddServe(root, host, name);
        root.Add(Asl(host, name));
        root.Add(Describe(host));
        root.Add(Command(host, "graph", $"Writes the graph of {name} as Mermaid to standard output.", host.WriteGraphAsync));
        // '@file' is an input like any other, not a file with arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0) return await host.RefuseAsync($"{Sentence(parsed.Errors[0].Message)} See --help for the commands.").ConfigureAwait(false);
        // Signals are the host's: the run is to end first, with its own words.
        var invocation = new InvocationConfiguration
        {
            Output = host.Streams.Output,
            Error = host.Streams.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation).ConfigureAwait(false);
    }

    /// <summary>Adds <c>serve</c>; nothing in a program that is a Lambda function.</summary>
    static partial void AddServe(RootCommand root, WorkflowHost host, string name);

    static Command Run(WorkflowHost host, string name)
    {
        var input = new Option<string?>("--input") { Description = "The input: a JSON file, JSON text, or - for standard input.", HelpName = "FILE|JSON|-" };
        var events = new Option<bool>("--events") { Description = "Writes the history events to standard error, one JSON object a line, instead of the progress." };
        var skip = new Option<bool>("--skip-waits") { Description = "Skips waits: when only timers are left, the clock of the run jumps to the next one." };
        var file = new Option<string?>("--case")
        {
            Description = "Also writes the run to a file, as a case to report a difference from AWS with: names, texts and numbers of the input and of results are replaced by placeholders.",
            HelpName = "FILE",
        };
        var command = new Command("run", $"Runs {name}; the result goes to standard output as JSON.") { input, events, skip, file };
        command.SetAction((parsed, cancellation) => Act(host, parsed, () => host.RunAsync(new RunRequest(parsed.GetValue(input), parsed.GetValue(events), parsed.GetValue(skip), parsed.GetValue(file)), cancellation)));
        return command;
    }

    static Command Asl(WorkflowHost host, string name)
    {
        const int defaultItems = 10;
        var cost = new Option<bool>("--cost") { Description = "Writes the estimated cost instead: transitions and Lambda calls of each path, the price of a million executions, and sizes." };
        var items = new Option<int>("--items") { Description = "The number of items to assume for each Map, for --cost.", DefaultValueFactory = _ => defaultItems };
        var command = new Command("asl", $"Writes the Amazon States Language document of {name} to standard output.") { cost, items };
        command.SetAction((parsed, _) => Act(host, parsed, () => parsed.GetValue(cost) ? host.WriteCostAsync(parsed.GetValue(items)) : host.WriteAslAsync()));
        return command;
    }

    static Command Describe(WorkflowHost host)
    {
        var command = new Command("describe", "Writes what deploying takes as JSON, for 'orkestra template': documents and steps of all workflows of the program, or of the one that --workflow names.");
        command.SetAction((parsed, _) => Act(host, parsed, () => host.DescribeAsync(parsed.GetValue<string?>(Chosen) is not null)));
        return command;
    }

    static Command Command(WorkflowHost host, string name, string description, Func<Task<int>> action)
    {
        var command = new Command(name, description);
        command.SetAction((parsed, _) => Act(host, parsed, action));
        return command;
    }

    static async Task<int> Act(WorkflowHost host, ParseResult parsed, Func<Task<int>> action)
    {
        try
        {
            host.Choose(parsed.GetValue<string?>(Chosen));
        }
        catch (UsageException exception)
        {
            return await host.RefuseAsync(exception.Message).ConfigureAwait(false);
        }

        return await action().ConfigureAwait(false);
    }

    static string Sentence(string message) => message.EndsWith('.') ? message : $"{message}.";
}
