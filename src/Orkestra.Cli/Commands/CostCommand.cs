using System.CommandLine;
using System.Globalization;
using Orkestra.Asl;
using Orkestra.Asl.Costs;
using Orkestra.Cli.Running;

namespace Orkestra.Cli.Commands;

/// <summary><c>orkestra cost</c>: what runs of a state machine cost.</summary>
internal static class CostCommand
{
    internal static Command Create(ToolStreams streams)
    {
        const int defaultItems = 10;
        var file = new Argument<string>("FILE|PROJECT") { Description = "A definition (ASL), - for standard input, or the project or folder of a workflow program, which is built." };
        var items = new Option<int>("--items") { Description = "The number of items to assume for each Map.", DefaultValueFactory = _ => defaultItems };
        var json = new Option<bool>("--json") { Description = "The cost of a definition as a JSON object." };
        var command = new Command("cost", "Estimates the cost of executions: transitions and Lambda calls of each path, the price of a million executions, and the size of the definition.") { file, items, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var named = parsed.GetValue(file)!;
            if (IsProject(named)) return await RunProjectAsync(named, parsed.GetValue(items), streams, cancellation).ConfigureAwait(false);
            var read = AslReader.Read(ToolInput.Text(named, streams));
            if (read.Document is null) throw new ToolException($"'{named}' is not a definition. {read.Diagnostics[0].Message}", ToolExitCode.Failure);
            var cost = StateMachineCost.Of(read.Document, new CostOptions { Items = parsed.GetValue(items) });
            streams.Output.WriteLine(parsed.GetValue(json) ? cost.ToJson().ToIndentedJson() : cost.ToText().TrimEnd());
            return ToolExitCode.Success;
        });
        return command;
    }

    static bool IsProject(string named) => named.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) || Directory.Exists(named);

    // The program knows the types of its payloads, too.
    static async Task<int> RunProjectAsync(string project, int items, ToolStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            var (code, output, error) = await CapturedProcess.RunAsync(
                "dotnet", ["run", "--project", project, "--", "asl", "--cost", "--items", items.ToString(CultureInfo.InvariantCulture)], cancellationToken).ConfigureAwait(false);
            streams.Output.Write(output);
            streams.Error.Write(error);
            return code == 0 ? ToolExitCode.Success : ToolExitCode.Failure;
        }
        catch (System.ComponentModel.Win32Exception problem)
        {
            throw new ToolException($"The program of '{project}' cannot be run: {problem.Message}", ToolExitCode.Failure);
        }
    }
}
