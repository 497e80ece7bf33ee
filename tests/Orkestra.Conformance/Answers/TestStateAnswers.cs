using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.TestState;

namespace Orkestra.Conformance.Answers;

/// <summary>Tests one state. Functions answer as the case says.</summary>
sealed class TestStateAnswers : IAnswerer
{
    const string RoleArn = "arn:aws:iam::111111111111:role/conformance";

    public IReadOnlyCollection<string> Kinds => ["test-state"];

    public async ValueTask<JsonValue> AnswerAsync(CorpusCase corpusCase)
    {
        var clock = new SkippingTimeProvider();
        var tester = new StateTester(new ReplayInvoker(corpusCase, clock), clock) { Machine = new MachineIdentity { AccountId = "111111111111" } };
        try
        {
            return Read((await tester.TestAsync(RequestOf(corpusCase.Json["request"]!, corpusCase.DefinitionText))).ToJson());
        }
        catch (StateTestException refusal)
        {
            // Some refusals were recorded as the sentence the Python client makes of them.
            var message = corpusCase.Json["expect"] is JsonObject expected && expected.ContainsKey("exception_value")
                ? $"An error occurred ({refusal.Code}) when calling the TestState operation: {refusal.Message}"
                : refusal.Message;
            return JsonObject.Create(("Error", JsonObject.Create(("Code", refusal.Code), ("Message", message))));
        }
    }

    internal static StateTestRequest RequestOf(JsonValue request, string definition) => new()
    {
        Definition = definition,
        StateName = Text(request, "stateName"),
        Input = request["input"],
        InspectionLevel = Enum.Parse<InspectionLevel>(Text(request, "inspectionLevel") ?? "INFO", ignoreCase: true),
        Variables = request["variables"] as JsonObject,
        Context = request["context"] as JsonObject,
        Mock = request["mock"] is JsonObject mock ? MockOf(mock) : null,
        StateConfiguration = request["stateConfiguration"] is JsonObject configuration ? ConfigurationOf(configuration) : null,
        RoleArn = Text(request, "roleArn") is { } role ? role.StartsWith('<') ? RoleArn : role : null,
        RevealSecrets = request["revealSecrets"] == (JsonValue)true,
    };

    static StateMock MockOf(JsonValue mock) => new()
    {
        Result = mock["result"] switch { null => null, JsonString text => text.Value, var value => value.ToJson() },
        ErrorOutput = mock["errorOutput"] is { } error ? new StateMockError(Text(error, "error"), Text(error, "cause")) : null,
        FieldValidationMode = Enum.Parse<FieldValidationMode>(Text(mock, "fieldValidationMode") ?? "STRICT", ignoreCase: true),
    };

    static StateTestConfiguration ConfigurationOf(JsonValue configuration) => new()
    {
        RetrierRetryCount = Number(configuration, "retrierRetryCount"),
        ErrorCausedByState = Text(configuration, "errorCausedByState"),
        MapIterationFailureCount = Number(configuration, "mapIterationFailureCount"),
        MapItemReaderData = Text(configuration, "mapItemReaderData"),
    };

    static string? Text(JsonValue json, string name) => (json[name] as JsonString)?.Value;

    static int? Number(JsonValue json, string name) => (int?)(json[name] as JsonNumber)?.Value;

    // The recorder read JSON text as often as there was any: a text that is itself the text of a value stands there as that value.
    static JsonValue Read(JsonValue value) => value switch
    {
        JsonString { Value: ['"', .., '"'] } text => Unquoted(text),
        JsonObject json => JsonObject.Create(json.Select(member => KeyValuePair.Create(member.Key, Read(member.Value)))),
        _ => value,
    };

    static JsonValue Unquoted(JsonString text)
    {
        try
        {
            return JsonValue.Parse(text.Value);
        }
        catch (JsonFormatException)
        {
            return text;
        }
    }
}
