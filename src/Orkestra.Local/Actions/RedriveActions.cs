using System.Collections.Concurrent;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;

namespace Orkestra.Local.Actions;

/// <summary>
/// RedriveExecution with its client token: the same request within 15 minutes is answered as before, without a second redrive
/// (https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html).
/// </summary>
internal sealed class RedriveActions(OrkestraRuntime runtime)
{
    static readonly TimeSpan Kept = TimeSpan.FromMinutes(15);

    readonly ConcurrentDictionary<(string Arn, string Token), (DateTimeOffset Time, Task<JsonObject> Answer)> answers = new();

    internal async Task<JsonObject> RedriveAsync(JsonObject request)
    {
        if (RequestFields.Optional(request, "clientToken") is not { } token) return await runtime.Service.CallAsync("RedriveExecution", request).ConfigureAwait(false);
        var now = TimeProvider.System.GetUtcNow();
        foreach (var old in answers.Where(answer => now - answer.Value.Time > Kept)) answers.TryRemove(old);
        var key = (RequestFields.Required(request, "executionArn"), token);
        var mine = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        var known = answers.GetOrAdd(key, (now, mine.Task));
        if (known.Answer != mine.Task) return await known.Answer.ConfigureAwait(false);
        try
        {
            mine.SetResult(await runtime.Service.CallAsync("RedriveExecution", request).ConfigureAwait(false));
        }
        catch (Exception problem)
        {
            // A refusal is not kept.
            answers.TryRemove(key, out _);
            mine.SetException(problem);
        }

        return await mine.Task.ConfigureAwait(false);
    }
}
