using Orkestra.Asl;
using Orkestra.Conformance.Answers;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.TestState;
using Orkestra.Validation;

namespace Orkestra.Conformance.Measured;

/// <summary>Answers measured cases in the form their judge expects: <c>status</c>, <c>outputText</c>, <c>events</c> and more for executions, <c>refusal</c>, <c>response</c> or <c>answers</c> for the rest.</summary>
static class MeasuredRunner
{
    /// <summary>Writes <c>ID.json</c> for every case of a folder.</summary>
    internal static async Task<int> RunAsync(string pool, string output, string only)
    {
        Directory.CreateDirectory(output);
        var wrong = 0;
        foreach (var measured in MeasuredCase.ReadAll(pool).Where(measured => measured.Id.Contains(only, StringComparison.Ordinal)))
        {
            var answer = await AnswerAsync(measured);
            await File.WriteAllTextAsync(Path.Combine(output, $"{measured.Id}.json"), answer.ToJson());
            if (MeasuredJudge.Differences(measured, answer) is not { Count: > 0 } differences) continue;
            wrong++;
            Console.WriteLine($"{measured.Id} [{measured.Family}, {measured.Certainty}] {string.Join(", ", differences)}: {measured.What}");
        }

        Console.WriteLine($"{wrong} wrong");
        return 0;
    }

    /// <summary>The answer to a case; an exception is an answer with the member <c>exception</c>.</summary>
    internal static async Task<JsonObject> AnswerAsync(MeasuredCase measured)
    {
        try
        {
            return measured.Kind switch
            {
                "execution" => await MeasuredExecutions.AnswerAsync(measured),
                "service" => await MeasuredCalls.AnswerAsync(measured),
                "validate" => Validate(measured),
                "test-state" => await TestAsync(measured),
                _ => throw new NotSupportedException($"Cases of the kind '{measured.Kind}' are not answered."),
            };
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return JsonObject.Create(("exception", problem.ToString()));
        }
    }

    static JsonObject Validate(MeasuredCase measured)
    {
        var type = measured["type"] == (JsonValue)"EXPRESS" ? StateMachineType.Express : StateMachineType.Standard;
        var result = StateMachineValidator.Validate(measured.DefinitionText(name => $"arn:aws:states:us-east-1:123456789012:stateMachine:{name}"), new ValidationOptions { Type = type });
        return JsonObject.Create(("refusal", result.RefusalMessage is { } refusal ? refusal : JsonValue.Null), ("response", result.ToResponse()));
    }

    static async Task<JsonObject> TestAsync(MeasuredCase measured)
    {
        var request = measured["request"]!;
        var definition = request["definition"] switch { JsonString text => text.Value, { } state => state.ToJson(), null => "" };
        try
        {
            var result = await new StateTester(null, new SkippingTimeProvider()).TestAsync(TestStateAnswers.RequestOf(request, definition));
            return JsonObject.Create(("response", result.ToJson()));
        }
        catch (StateTestException refusal)
        {
            return JsonObject.Create(("refused", JsonObject.Create(("code", refusal.Code), ("message", refusal.Message))));
        }
    }
}
