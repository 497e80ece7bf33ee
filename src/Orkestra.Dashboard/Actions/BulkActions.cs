using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orkestra.Dashboard.Pages;
using Orkestra.Dashboard.Runs;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Actions;

/// <summary>Reruns many runs, and says what became of each.</summary>
internal sealed class BulkActions(DashboardServices services, PageAnswers pages, DashboardActions actions)
{
    internal async Task RerunAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        IReadOnlyList<ExecutionRecord> runs;
        try
        {
            (runs, _) = await BulkRerun.FindAsync(services, name => form[name].ToString() is { Length: > 0 } value ? value : null, context.RequestAborted).ConfigureAwait(false);
        }
        catch (ArgumentException problem)
        {
            throw new BadHttpRequestException(problem.Message);
        }

        // What failed since the question was asked was not agreed to.
        if (DateTimeOffset.TryParse(form["asked"], CultureInfo.InvariantCulture, out var asked)) runs = [.. runs.Where(run => run.StopTime <= asked.AddMilliseconds(1))];
        var isWhole = form["how"] == "whole";
        var reports = new List<RerunReport>();
        // All of them, also when the reader leaves.
        foreach (var run in runs) reports.Add(await RerunAsync(run, isWhole).ConfigureAwait(false));
        await pages.BulkRerunDoneAsync(context, dashboard, reports).ConfigureAwait(false);
    }

    async Task<RerunReport> RerunAsync(ExecutionRecord run, bool isWhole)
    {
        try
        {
            if (!isWhole)
            {
                await services.Runtime.RedriveAsync(run.Arn).ConfigureAwait(false);
                return new RerunReport(run, run.Arn, "Goes on where it failed");
            }

            var machine = services.Workflows.Find(run.StateMachineArn) ?? throw new ArgumentException("The workflow of this run is not registered any more.");
            // Lists may leave the input out.
            var input = (await services.Runtime.FindRecordAsync(run.Arn).ConfigureAwait(false) ?? throw new ArgumentException("The run was deleted meanwhile.")).Input;
            DashboardActions.Check(machine, input);
            var started = await actions.StartNextAsync(machine, run.Name, input).ConfigureAwait(false);
            return new RerunReport(run, started.Arn, $"Started as {started.Name}");
        }
        catch (Exception problem) when (DashboardActions.IsMistake(problem) || problem is ExecutionStoreException or Hosting.ExecutionReplayException)
        {
            return new RerunReport(run, null, $"Refused: {DashboardActions.MessageOf(problem)}");
        }
    }
}
