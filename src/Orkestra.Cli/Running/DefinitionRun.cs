using Orkestra.Asl;
using Orkestra.Cli.Output;
using Orkestra.CommandLine.Progress;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Histories;
using Orkestra.Hosting.Integrations;
using Orkestra.Local.Tasks;
using Orkestra.Serving;
using Orkestra.Validation;

namespace Orkestra.Cli.Running;

/// <summary>Runs a definition in this process. Tasks are forwarded as <c>orkestra local</c> does it.</summary>
internal sealed class DefinitionRun(string file, string? input, bool isJson, ToolStreams streams)
{
    static readonly TimeSpan WatchPause = TimeSpan.FromMilliseconds(300);

    /// <summary>Runs it once.</summary>
    internal async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var environment = ServiceEnvironment.OfProcess();
        var text = ToolInput.Text(file, streams);
        if (Invalid(text) is { } exitCode) return exitCode;
        var plan = ExecutionPlan.Compile(AslReader.Read(text).Document!);
        var given = input is null ? JsonObject.Empty : ToolInput.Json(input, streams);
        using var forwarding = new ForwardingInvoker(environment.Find, environment.Region);
        var runtime = new OrkestraRuntime(forwarding, new OrkestraOptions { Http = new HttpTaskOptions() });
        await using var _ = runtime.ConfigureAwait(false);
        var name = file == ToolInput.Standard ? "StateMachine" : Path.GetFileName(file).Split('.')[0];
        var tree = new HistoryTree();
        ExecutionResult result;
        using (var reporter = Reporter(name))
        {
            var options = new ExecutionOptions
            {
                Machine = new MachineIdentity { Name = name, AccountId = environment.AccountId, Region = environment.Region },
                Quotas = ExecutionQuotas.Aws with { WaitTimeScale = environment.WaitTimeScale },
                OnEvent = happened =>
                {
                    tree.Apply(happened);
                    reporter?.OnEvent(happened);
                },
            };
            try
            {
                result = await runtime.RunAsync(plan, given, options, cancellationToken).ConfigureAwait(false);
            }
            catch (ArgumentException problem)
            {
                throw new ToolException(problem.Message);
            }
        }

        await ReportAsync(result, tree).ConfigureAwait(false);
        return result.IsSuccess ? ToolExitCode.Success : ToolExitCode.Failure;
    }

    /// <summary>Runs it again whenever the file has changed, until the tool is told to stop.</summary>
    internal async Task<int> WatchAsync(CancellationToken cancellationToken)
    {
        if (file == ToolInput.Standard) throw new ToolException("Standard input cannot be watched. Name a file.");
        var exitCode = ToolExitCode.Success;
        try
        {
            while (true)
            {
                var seen = File.GetLastWriteTimeUtc(file);
                exitCode = await RunAsync(cancellationToken).ConfigureAwait(false);
                // Editors replace files in several steps, and some file systems report nothing: the time of the last change is looked at.
                while (!File.Exists(file) || File.GetLastWriteTimeUtc(file) == seen) await Task.Delay(WatchPause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return exitCode;
        }
    }

    // The exit code of a definition that is not valid; null when it is.
    int? Invalid(string text)
    {
        var errors = StateMachineValidator.Validate(text).Diagnostics.Where(problem => problem.IsError).ToArray();
        foreach (var problem in errors) streams.Error.WriteLine(DiagnosticText.Line(file, problem));
        return errors.Length == 0 ? null : ToolExitCode.Failure;
    }

    // Progress is shown only in a terminal.
    LiveReporter? Reporter(string name) => streams.IsErrorTerminal ? new LiveReporter(streams.Error, name) : null;

    async Task ReportAsync(ExecutionResult result, HistoryTree tree)
    {
        if (isJson)
        {
            var json = new JsonObject.Builder(6).Set("status", ExecutionStatusName.Of(result.Status));
            if (result.Output is { } output) json.Set("output", output);
            if (result.Error is { } error) json.Set("error", error);
            if (result.Cause is { } cause) json.Set("cause", cause);
            json.Set("states", JsonArray.Create(tree.Visits.Select(visit => (JsonValue)VisitText.ToJson(visit))));
            await streams.Output.WriteLineAsync(json.Build().ToJson()).ConfigureAwait(false);
            return;
        }

        if (result.Output is { } value)
        {
            await streams.Output.WriteLineAsync(streams.IsOutputTerminal ? value.ToIndentedJson() : value.ToJson()).ConfigureAwait(false);
            return;
        }

        var because = string.Join(": ", new[] { result.Error, result.Cause }.Where(part => part is { Length: > 0 }));
        await streams.Error.WriteLineAsync($"orkestra: The run ended as {ExecutionStatusName.Of(result.Status)}.{(because.Length == 0 ? "" : $" {because}")}").ConfigureAwait(false);
    }
}
