using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orkestra.Authoring;
using Orkestra.Dashboard.Pages;
using Orkestra.Expressions.Data;
using Orkestra.Extensions.Hosting;
using Orkestra.Hosting;
using Orkestra.Hosting.Storage;

namespace Orkestra.Dashboard.Actions;

/// <summary>What people do: start, stop, rerun, answer. Each ends with a page that says what happened.</summary>
internal sealed class DashboardActions(DashboardServices services, PageAnswers pages)
{
    const int MostReruns = 1_000;

    internal async Task StartAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        if (pages.Machine(context) is not { } machine)
        {
            await pages.MissingAsync(context, dashboard, $"No workflow {PageAnswers.Key(context)} is registered.").ConfigureAwait(false);
            return;
        }

        var json = form["json"].ToString();
        var mode = form["mode"].ToString();
        var name = form["name"].ToString() is { Length: > 0 } given ? given : null;
        var fields = mode == "form" ? InputField.Of(machine, null) : null;
        try
        {
            var input = fields is not null ? InputField.Read(fields, form) : JsonValue.Parse(json);
            json = input.ToIndentedJson();
            Check(machine, input);
            var started = await services.Runtime.StartAsync(machine.Arn, input, name).ConfigureAwait(false);
            await Done(context, dashboard.Run(started.Arn), $"{machine.Identity.Name} was started as {started.Name}.").ConfigureAwait(false);
        }
        catch (Exception problem) when (IsMistake(problem))
        {
            await pages.StartAsync(context, dashboard, machine, json, mode, name, MessageOf(problem), InputField.Entered(fields, form)).ConfigureAwait(false);
        }
    }

    internal async Task StopAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        var arn = PageAnswers.Arn(context);
        try
        {
            var stopped = await services.Runtime.StopAsync(arn, "Stopped", "Stopped in the dashboard").ConfigureAwait(false);
            await Done(context, dashboard.Run(arn), stopped ? "The run was stopped." : "The run had ended before it could be stopped.").ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            await pages.MissingAsync(context, dashboard, "There is no such run. It may have been deleted.").ConfigureAwait(false);
        }
    }

    internal async Task RedriveAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        var arn = PageAnswers.Arn(context);
        try
        {
            await services.Runtime.RedriveAsync(arn).ConfigureAwait(false);
            await Done(context, dashboard.Run(arn), "The run goes on where it failed.").ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            await RerunAgainAsync(context, dashboard, arn, null, null, problem.Message).ConfigureAwait(false);
        }
    }

    internal async Task RerunAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        var arn = PageAnswers.Arn(context);
        var json = form["json"].ToString();
        var from = Text(form, "from");
        try
        {
            var record = await services.Runtime.FindRecordAsync(arn).ConfigureAwait(false) ?? throw new ArgumentException("There is no such run. It may have been deleted.");
            var machine = services.Workflows.Find(record.StateMachineArn) ?? throw new ArgumentException("The workflow of this run is not registered any more.");
            var input = JsonValue.Parse(json);
            if (from is null) Check(machine, input);
            else machine = machine.StartingAt(from, await services.Runtime.FindRerunPointAsync(arn, from, context.RequestAborted).ConfigureAwait(false));
            var started = await StartNextAsync(machine, record.Name, input).ConfigureAwait(false);
            await Done(context, dashboard.Run(started.Arn), $"{machine.Identity.Name} was started{(from is null ? "" : $" from {from}")} as {started.Name}.").ConfigureAwait(false);
        }
        catch (Exception problem) when (IsMistake(problem))
        {
            await RerunAgainAsync(context, dashboard, arn, json, from, MessageOf(problem)).ConfigureAwait(false);
        }
    }

    internal async Task SkipAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        var arn = PageAnswers.Arn(context);
        try
        {
            var until = await services.Runtime.SkipWaitAsync(arn).ConfigureAwait(false);
            await Done(context, dashboard.Run(arn), $"The run was moved on to {DisplayText.Moment(until)} UTC.").ConfigureAwait(false);
        }
        catch (InvalidOperationException refusal)
        {
            if (await services.Runtime.FindRecordAsync(arn).ConfigureAwait(false) is not null) await Done(context, dashboard.Run(arn), $"{refusal.Message}: nothing was skipped.").ConfigureAwait(false);
            else await pages.MissingAsync(context, dashboard, "There is no such run. It may have been deleted.").ConfigureAwait(false);
        }
    }

    internal async Task AnswerAsync(HttpContext context, DashboardContext dashboard, IFormCollection form)
    {
        var token = PageAnswers.Token(context);
        if (await CallbackEntry.FindAsync(services, token, context.RequestAborted).ConfigureAwait(false) is not { } entry)
        {
            await pages.MissingAsync(context, dashboard, "No task waits for this token. It may have been answered, or its run may have ended.").ConfigureAwait(false);
            return;
        }

        var json = form["json"].ToString();
        var mode = form["mode"].ToString();
        var fields = mode == "form" ? entry.Fields(services, null) : null;
        try
        {
            var completes = form["answer"] == "complete";
            var reply = !completes ? JsonValue.Null : fields is not null ? InputField.Read(fields, form) : JsonValue.Parse(json);
            if (completes)
            {
                json = reply.ToIndentedJson();
                entry.DefinitionOf(services)?.CheckReply(entry.Visit.Name, reply);
            }

            var was = completes
                ? await services.Runtime.SendTaskSuccessAsync(token, reply).ConfigureAwait(false)
                : await services.Runtime.SendTaskFailureAsync(token, Text(form, "error"), Text(form, "cause")).ConfigureAwait(false);
            var happened = completes ? $"{entry.Visit.Name} was completed." : $"{entry.Visit.Name} was failed.";
            await Done(context, dashboard.Run(entry.Run.Arn), was ? happened : "The task had ended before.").ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is FormatException or JsonFormatException or PayloadException)
        {
            await pages.CallbackAsync(context, dashboard, entry, json, mode, MessageOf(problem), InputField.Entered(fields, form)).ConfigureAwait(false);
        }
    }

    /// <summary>Starts a run like another one, under the next free name.</summary>
    internal async Task<ExecutionHandle> StartNextAsync(RegisteredStateMachine machine, string original, JsonValue input)
    {
        for (var number = Reruns.NextOf(original); ; number++)
        {
            var name = Reruns.NameOf(original, number);
            try
            {
                if (await services.Runtime.FindRecordAsync(machine.ExecutionArn(name)).ConfigureAwait(false) is null)
                    return await services.Runtime.StartAsync(machine, input, name).ConfigureAwait(false);
            }
            catch (ExecutionExistsException) when (number < MostReruns)
            {
                // Another rerun took the name meanwhile.
            }
        }
    }

    async Task RerunAgainAsync(HttpContext context, DashboardContext dashboard, string arn, string? json, string? from, string problem)
    {
        if (await services.Runs.FindAsync(arn, context.RequestAborted).ConfigureAwait(false) is { } run) await pages.RerunAsync(context, dashboard, run, json, from, problem).ConfigureAwait(false);
        else await pages.MissingAsync(context, dashboard, problem).ConfigureAwait(false);
    }

    internal static void Check(RegisteredStateMachine machine, JsonValue input) => InputField.DefinitionOf(machine)?.Workflow.CheckInput(input);

    static string? Text(IFormCollection form, string name) => form[name].ToString() is { Length: > 0 } text ? text : null;

    internal static bool IsMistake(Exception problem) => problem is JsonFormatException or FormatException or ArgumentException or PayloadException or ExecutionExistsException or InvalidOperationException;

    internal static string MessageOf(Exception problem) => problem switch
    {
        JsonFormatException => string.Create(CultureInfo.InvariantCulture, $"The input is not valid JSON: {problem.Message}"),
        // Without the parameter's name, which says nothing here.
        ArgumentException { ParamName: { } name } => problem.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal),
        _ => problem.Message,
    };

    static Task Done(HttpContext context, string page, string message) => DashboardSite.Redirect(context, DashboardContext.WithQuery(page, ("done", message)));
}
