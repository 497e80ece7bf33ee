using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>
/// A request to test one state (https://docs.aws.amazon.com/step-functions/latest/apireference/API_TestState.html). What is null was not given.
/// </summary>
public sealed record TestStateRequest
{
    /// <summary>The text of a state, or of a machine when <see cref="StateName"/> is given.</summary>
    public required string Definition { get; init; }

    /// <summary>The name of the state to test in a machine.</summary>
    public string? StateName { get; init; }

    /// <summary>The role the service would take.</summary>
    public string? RoleArn { get; init; }

    /// <summary>The state's input as JSON text; <c>{}</c> when null.</summary>
    public string? Input { get; init; }

    /// <summary>The variables as JSON text of an object.</summary>
    public string? Variables { get; init; }

    /// <summary>The Context Object as JSON text.</summary>
    public string? Context { get; init; }

    /// <summary><c>INFO</c> (the default), <c>DEBUG</c> or <c>TRACE</c>.</summary>
    public string? InspectionLevel { get; init; }

    /// <summary>Whether secrets of an HTTP task are shown; false by default.</summary>
    public bool RevealSecrets { get; init; }

    /// <summary>What stands for the real work.</summary>
    public TestStateMock? Mock { get; init; }

    /// <summary>Where the state stands.</summary>
    public TestStateConfiguration? StateConfiguration { get; init; }

    /// <summary>Reads the JSON of the API. <c>input</c>, <c>variables</c> and <c>context</c> may be JSON instead of JSON text.</summary>
    /// <exception cref="ArgumentException">There is no definition.</exception>
    public static TestStateRequest FromJson(JsonObject request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new TestStateRequest
        {
            Definition = Text(request["definition"]) ?? throw new ArgumentException("The request has no 'definition'.", nameof(request)),
            StateName = Text(request["stateName"]),
            RoleArn = Text(request["roleArn"]),
            Input = Text(request["input"]),
            Variables = Text(request["variables"]),
            Context = Text(request["context"]),
            InspectionLevel = Text(request["inspectionLevel"]),
            RevealSecrets = request["revealSecrets"] is JsonBoolean { Value: true },
            Mock = request["mock"] is JsonObject mock ? MockOf(mock) : null,
            StateConfiguration = request["stateConfiguration"] is JsonObject given
                ? new TestStateConfiguration(
                    Number(given["retrierRetryCount"]), Text(given["errorCausedByState"]), Number(given["mapIterationFailureCount"]), Text(given["mapItemReaderData"]))
                : null,
        };
    }

    static TestStateMock MockOf(JsonObject mock) => new(
        Text(mock["result"]),
        Text(mock["errorOutput"]?["error"]),
        Text(mock["errorOutput"]?["cause"]),
        mock["errorOutput"] is JsonObject,
        Text(mock["fieldValidationMode"]) switch
        {
            "PRESENT" => FieldValidationMode.Present,
            "NONE" => FieldValidationMode.None,
            _ => FieldValidationMode.Strict,
        });

    static string? Text(JsonValue? value) => value is JsonString text ? text.Value : value?.ToJson();

    static int? Number(JsonValue? value) => value is JsonNumber number && number.TryGetInt64(out var integer) ? (int)integer : null;
}
