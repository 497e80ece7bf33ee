using System.Globalization;
using System.Text;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Integrations;
using Orkestra.Hosting.Objects;
using Orkestra.Validation;

namespace Orkestra.Conformance.Measured;

/// <summary>Runs the measured cases that are executions.</summary>
static class MeasuredExecutions
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(120);

    internal static async Task<JsonObject> AnswerAsync(MeasuredCase measured)
    {
        var clock = new SkippingTimeProvider(MeasuredCase.Text(measured.Json, "clock") is { } start and not "system" ? DateTimeOffset.Parse(start, CultureInfo.InvariantCulture) : null);
        var type = measured["type"] == (JsonValue)"EXPRESS" ? StateMachineType.Express : StateMachineType.Standard;
        var outside = new MeasuredOutside(measured, clock);
        var objects = new MemoryObjectStore(clock);
        foreach (var stored in measured["objects"] as JsonArray ?? JsonArray.Empty)
            objects.Write(MeasuredCase.Text(stored, "bucket")!, MeasuredCase.Text(stored, "key")!, Encoding.UTF8.GetBytes(MeasuredCase.Text(stored, "body")!));
        using var client = new HttpClient(new MeasuredAnswers(measured["http"] as JsonArray ?? JsonArray.Empty));
        await using var runtime = new OrkestraRuntime(outside, new OrkestraOptions { TimeProvider = clock, Objects = objects, Http = new HttpTaskOptions { Client = client } });
        var arns = measured.Machines().ToDictionary(
            machine => machine.Name, machine => runtime.StateMachines.Add(machine.Name, ExecutionPlan.Compile(AslReader.Parse(machine.Definition.ToJson()))).Arn);
        var text = measured.DefinitionText(name => arns[name]);
        if (StateMachineValidator.Validate(text, new ValidationOptions { Type = type }).RefusalMessage is { } refusal) return JsonObject.Create(("refusal", refusal));
        var input = MeasuredCase.Text(measured.Json, "inputText") is { } exact ? JsonValue.Parse(exact) : measured["input"] ?? JsonObject.Empty;
        outside.StartWorkers(runtime);
        var handle = await runtime.StartAsync(ExecutionPlan.Compile(AslReader.Parse(text)), input, new ExecutionOptions { Seed = 1, StartsOnCallingThread = true, Type = type });
        var result = await handle.Completion.WaitAsync(Longest);
        var answer = AnswerOf(result).Set("calls", outside.Inputs.Count).Set("inputs", JsonArray.Create(outside.Inputs));
        if (MeasuredCase.Text(measured.Json, "bucket") is { } bucket) answer.Set("written", await WrittenAsync(objects, bucket));
        return answer.Build();
    }

    static JsonObject.Builder AnswerOf(ExecutionResult result)
    {
        var answer = new JsonObject.Builder(10).Set("status", result.Status == ExecutionStatus.TimedOut ? "TIMED_OUT" : result.Status.ToString().ToUpperInvariant());
        if (result.Output is { } output) answer.Set("outputText", output.ToJson());
        if (result.Error is { } error) answer.Set("error", error);
        if (result.Cause is { } cause) answer.Set("cause", cause);
        return answer.Set("events", JsonArray.Create(result.History.Select(Row)));

        static JsonValue Row(HistoryEvent happened) =>
            JsonArray.Create([(JsonValue)happened.Id, happened.Type.ToString(), happened.PreviousEventId, happened.DetailsName is null ? JsonObject.Empty : happened.Details]);
    }

    static async Task<JsonObject> WrittenAsync(MemoryObjectStore objects, string bucket)
    {
        var written = new JsonObject.Builder();
        await foreach (var entry in objects.ListAsync(bucket, "", CancellationToken.None))
        {
            await using var content = await objects.OpenAsync(bucket, entry.Key, null, CancellationToken.None);
            using var reader = new StreamReader(content!);
            written.Set(entry.Key, await reader.ReadToEndAsync());
        }

        return written.Build();
    }
}
