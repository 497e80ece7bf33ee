using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;

namespace Orkestra.Conformance.Measured;

/// <summary>Makes the calls of the service that a measured case consists of. Time stands still but for the steps that wait for the end of an execution.</summary>
static class MeasuredCalls
{
    const int MostTimers = 10_000;

    internal static async Task<JsonObject> AnswerAsync(MeasuredCase measured)
    {
        var clock = new HeldClock();
        await using var runtime = new OrkestraRuntime(null, new OrkestraOptions { TimeProvider = clock });
        var known = new Dictionary<string, JsonValue>(StringComparer.Ordinal);
        foreach (var (name, definition) in measured.Machines())
            known.Add(name, runtime.StateMachines.Add(name, ExecutionPlan.Compile(AslReader.Parse(definition.ToJson()))).Arn);
        var answers = new List<JsonValue>();
        foreach (var step in (measured["steps"] as JsonArray ?? JsonArray.Empty).ToArray())
        {
            if (MeasuredCase.Text(step, "call") is { } action)
            {
                var answer = await CallAsync(runtime, action, (JsonObject)Filled(step["input"] ?? JsonObject.Empty, known));
                answers.Add(answer);
                foreach (var (name, path) in step["save"] as JsonObject ?? JsonObject.Empty) known[name] = At(answer, ((JsonString)path).Value);
            }
            else if (step["wait"] is { } execution)
            {
                await EndAsync(runtime, clock, ((JsonString)Filled(execution, known)).Value);
            }
            else if (step["pause"] is null)
            {
                throw new NotSupportedException($"A step is not known: {step.ToJson()}");
            }
        }

        return JsonObject.Create(("answers", JsonArray.Create(answers)));
    }

    static async Task<JsonObject> CallAsync(OrkestraRuntime runtime, string action, JsonObject request)
    {
        try
        {
            return await runtime.Service.CallAsync(action, request);
        }
        catch (ServiceException refusal)
        {
            return JsonObject.Create(("code", refusal.Code), ("message", refusal.Message));
        }
    }

    static async Task EndAsync(OrkestraRuntime runtime, HeldClock clock, string arn)
    {
        for (var i = 0; i < MostTimers; i++)
        {
            await runtime.DrainAsync().WaitAsync(TimeSpan.FromSeconds(60));
            if (await runtime.FindAsync(arn) is not { Status: ExecutionStatus.Running }) return;
            clock.MoveToNext();
            clock.Fire(_ => true);
        }

        throw new TimeoutException($"The execution {arn} does not end.");
    }

    static JsonValue Filled(JsonValue value, Dictionary<string, JsonValue> known) => value switch
    {
        JsonString { Value: ['@', .. var name] } => known.GetValueOrDefault(name) ?? throw new KeyNotFoundException($"No step saved '{name}'."),
        JsonObject json => JsonObject.Create(json.Select(member => KeyValuePair.Create(member.Key, Filled(member.Value, known)))),
        JsonArray items => JsonArray.Create(items.Select(item => Filled(item, known))),
        _ => value,
    };

    // Names and positions, separated by full stops or slashes.
    static JsonValue At(JsonValue answer, string path)
    {
        foreach (var part in path.Split('.', '/', '[', ']').Where(part => part.Length > 0))
            answer = (int.TryParse(part, out var index) ? (answer as JsonArray)?[index] : answer[part]) ?? JsonValue.Null;
        return answer;
    }
}
