using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orkestra.Asl;
using Orkestra.Authoring;
using Orkestra.Client.Connections;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;

namespace Orkestra.Extensions.Hosting.Workers;

/// <summary>One call of a step that a worker took: runs it, reports that the work goes on, and then how it ended.</summary>
internal sealed partial class WorkerCall(
    WorkflowConnection connection, WorkerBuilder builder, WorkerStep step, string token, string input, IServiceProvider services, ILogger logger, CancellationToken aborting)
{
    // Without a heartbeat of the step's own, heartbeats only find out whether the result is still wanted.
    static readonly TimeSpan LongestHeartbeat = TimeSpan.FromSeconds(60);
    // https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskFailure.html
    const int LongestError = 256;
    const int LongestCause = 32_768;

    readonly CancellationTokenSource unwanted = CancellationTokenSource.CreateLinkedTokenSource(aborting);

    public async Task RunAsync()
    {
        using (unwanted)
        {
            var interval = step.Step.Heartbeat is { } heartbeat ? heartbeat / StepInvoker.HeartbeatsInTime : LongestHeartbeat;
            using var ended = new CancellationTokenSource();
            var heartbeats = BeatAsync(interval < LongestHeartbeat ? interval : LongestHeartbeat, ended.Token);
            var outcome = await CallAsync().ConfigureAwait(false);
            await ended.CancelAsync().ConfigureAwait(false);
            await heartbeats.ConfigureAwait(false);
            await ReportAsync(outcome).ConfigureAwait(false);
        }
    }

    async Task<TaskOutcome> CallAsync()
    {
        try
        {
            var arguments = JsonValue.Parse(input);
            var scope = services.CreateAsyncScope();
            await using var _ = scope.ConfigureAwait(false);
            var output = await step.Step.InvokeAsync(arguments[WorkflowDefinition.ActivityPayload] ?? JsonValue.Null, step.Definition.Serializer, Context(arguments[WorkflowDefinition.ActivityContext], scope.ServiceProvider)).ConfigureAwait(false);
            return TaskOutcome.Payload(output);
        }
#pragma warning disable CA1031 // Whatever a step throws is the step's error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            if (aborting.IsCancellationRequested && exception is OperationCanceledException) exception = new WorkerStoppedException();
            return TaskOutcome.FunctionError(step.Definition.ErrorOf(exception));
        }
    }

    StepContext Context(JsonValue? facts, IServiceProvider provider)
    {
        var context = new StepContext
        {
            StepName = step.Step.Name,
            Services = provider,
            CancellationToken = unwanted.Token,
            TimeProvider = builder.TimeProvider,
            Deadline = step.Step.Timeout is { } timeout ? builder.TimeProvider.GetUtcNow() + timeout : null,
            Attempt = facts?["Attempt"] is JsonNumber attempt ? (int)attempt.Value : 1,
            ExecutionId = (facts?["Execution"] as JsonString)?.Value ?? "",
            IdempotencyKey = (facts?["Key"] as JsonString)?.Value ?? token,
        };
        return context;
    }

    async Task BeatAsync(TimeSpan interval, CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(interval, builder.TimeProvider, ended).ConfigureAwait(false);
                await connection.CallAsync("SendTaskHeartbeat", JsonObject.Create(("taskToken", token)), ended).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
            }
            catch (ServiceException refusal) when (IsGone(refusal.Code))
            {
                LogUnwanted(step.Step.Name, refusal.Code);
                await unwanted.CancelAsync().ConfigureAwait(false);
                return;
            }
#pragma warning disable CA1031 // The step goes on, and the next heartbeat may arrive.
            catch (Exception problem)
#pragma warning restore CA1031
            {
                LogLost(step.Step.Name, problem.Message);
            }
        }
    }

    async Task ReportAsync(TaskOutcome outcome)
    {
        try
        {
            if (outcome.IsSuccess) await SucceedAsync(outcome.Value!).ConfigureAwait(false);
            else await FailAsync(outcome.Error ?? "Error", outcome.Cause ?? "").ConfigureAwait(false);
        }
        catch (ServiceException refusal) when (IsGone(refusal.Code))
        {
            LogUnwanted(step.Step.Name, refusal.Code);
        }
#pragma warning disable CA1031 // Nothing is left that could be told; the time limit of the state ends it.
        catch (Exception problem)
#pragma warning restore CA1031
        {
            LogLost(step.Step.Name, problem.Message);
        }
    }

    async Task SucceedAsync(JsonValue output)
    {
        try
        {
            await connection.CallAsync("SendTaskSuccess", JsonObject.Create(("taskToken", token), ("output", output.ToJson())), CancellationToken.None).ConfigureAwait(false);
        }
        catch (ServiceException refusal) when (!IsGone(refusal.Code))
        {
            // Such as a result of more than 256 KiB: the execution must not wait for what never comes.
            await FailAsync(ErrorNames.DataLimitExceeded, $"The result of the step '{step.Step.Name}' was refused: {refusal.Message}").ConfigureAwait(false);
        }
    }

    async Task FailAsync(string error, string cause) => await connection.CallAsync(
        "SendTaskFailure",
        JsonObject.Create(("taskToken", token), ("error", error.Length > LongestError ? error[..LongestError] : error), ("cause", Shortened(cause))),
        CancellationToken.None).ConfigureAwait(false);

    static string Shortened(string cause)
    {
        if (Encoding.UTF8.GetByteCount(cause) <= LongestCause) return cause;
        var bytes = Encoding.UTF8.GetBytes(cause);
        var end = LongestCause;
        while ((bytes[end] & 0xC0) == 0x80) end--;
        return Encoding.UTF8.GetString(bytes, 0, end);
    }

    static bool IsGone(string code) => code is "TaskTimedOut" or "TaskDoesNotExist" or "InvalidToken";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The result of the step {Step} is no longer wanted: {Code}")]
    partial void LogUnwanted(string step, string code);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The worker could not report about the step {Step}: {Problem}")]
    partial void LogLost(string step, string problem);
}
