using System.Text;
using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Hosting.Service;
using Orkestra.Hosting.TestState;
using Orkestra.Validation;

namespace Orkestra.Local.Actions;

/// <summary>The actions that look at a definition without keeping it: TestState and ValidateStateMachineDefinition.</summary>
internal sealed class DefinitionActions(OrkestraRuntime runtime, StepFunctionsOptions options)
{
    // Values that the interface has as JSON text.
    static readonly string[] Texts =
        ["input", "afterInputPath", "afterParameters", "afterArguments", "result", "afterResultSelector", "afterResultPath", "afterItemsPath", "afterItemSelector", "afterItemBatcher", "variables"];

    readonly StateTester tester = new(runtime.DefaultInvoker, runtime.Options.TimeProvider)
    {
        Machine = new MachineIdentity { Partition = options.Partition, Region = options.Region, AccountId = options.AccountId },
        Http = runtime.Options.Http,
    };

    internal static JsonObject Validate(JsonObject request)
    {
        var type = RequestFields.Optional(request, "type") == "EXPRESS" ? StateMachineType.Express : StateMachineType.Standard;
        var severity = RequestFields.Optional(request, "severity") == "WARNING" ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error;
        var most = ((JsonValue)request)["maxResults"] is JsonNumber number ? (int)number.Value : 0;
        return StateMachineValidator.Validate(RequestFields.Required(request, "definition"), new ValidationOptions { Type = type }).ToResponse(severity, most);
    }

    internal async Task<JsonObject> TestAsync(JsonObject request, CancellationToken cancellationToken)
    {
        try
        {
            return Write((await tester.TestAsync(Read(request), cancellationToken).ConfigureAwait(false)).ToJson());
        }
        catch (StateTestException refusal)
        {
            throw new ServiceException(refusal.Code, refusal.Message);
        }
    }

    static StateTestRequest Read(JsonObject request)
    {
        JsonValue given = request;
        return new StateTestRequest
        {
            Definition = RequestFields.Required(request, "definition"),
            StateName = RequestFields.Optional(request, "stateName"),
            Input = RequestFields.InputOf(request),
            InspectionLevel = RequestFields.Optional(request, "inspectionLevel") switch { "DEBUG" => InspectionLevel.Debug, "TRACE" => InspectionLevel.Trace, _ => InspectionLevel.Info },
            Variables = ObjectOf(request, "variables", "Invalid variables provided: the variables must be a JSON object"),
            Context = ObjectOf(request, "context", "Invalid Context object provided: the context must be a JSON object"),
            Mock = given["mock"] is JsonObject mock ? MockOf(mock) : null,
            StateConfiguration = given["stateConfiguration"] is JsonObject configuration ? ConfigurationOf(configuration) : null,
            RoleArn = RequestFields.Optional(request, "roleArn"),
            RevealSecrets = RequestFields.Flag(request, "revealSecrets"),
        };
    }

    static JsonObject? ObjectOf(JsonObject request, string field, string message)
    {
        if (RequestFields.Optional(request, field) is not { } text) return null;
        try
        {
            return JsonValue.Parse(Encoding.UTF8.GetBytes(text)) as JsonObject ?? throw new ServiceException("ValidationException", message);
        }
        catch (JsonFormatException)
        {
            throw new ServiceException("ValidationException", message);
        }
    }

    static StateMock MockOf(JsonObject mock) => new()
    {
        Result = RequestFields.Optional(mock, "result"),
        ErrorOutput = ((JsonValue)mock)["errorOutput"] is JsonObject error ? new StateMockError(RequestFields.Optional(error, "error"), RequestFields.Optional(error, "cause")) : null,
        FieldValidationMode = RequestFields.Optional(mock, "fieldValidationMode") switch { "PRESENT" => FieldValidationMode.Present, "NONE" => FieldValidationMode.None, _ => FieldValidationMode.Strict },
    };

    static StateTestConfiguration ConfigurationOf(JsonObject configuration) => new()
    {
        RetrierRetryCount = NumberOf(configuration, "retrierRetryCount"),
        ErrorCausedByState = RequestFields.Optional(configuration, "errorCausedByState"),
        MapIterationFailureCount = NumberOf(configuration, "mapIterationFailureCount"),
        MapItemReaderData = RequestFields.Optional(configuration, "mapItemReaderData"),
    };

    static int? NumberOf(JsonValue json, string name) => (int?)(json[name] as JsonNumber)?.Value;

    static JsonObject Write(JsonObject response)
    {
        if (((JsonValue)response)["output"] is { } output) response = response.With("output", output.ToJson());
        if (((JsonValue)response)["inspectionData"] is not JsonObject data) return response;
        foreach (var name in Texts)
        {
            if (data.TryGetValue(name, out var value)) data = data.With(name, value.ToJson());
        }

        foreach (var name in (string[])["request", "response"])
        {
            // Of HTTP tasks: headers and body are text.
            if (data.TryGetValue(name, out var part) && part is JsonObject http)
                data = data.With(name, JsonObject.Create(http.Select(member => KeyValuePair.Create(member.Key, member.Value is JsonString ? member.Value : (JsonValue)member.Value.ToJson()))));
        }

        return response.With("inspectionData", data);
    }
}
