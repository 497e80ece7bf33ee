using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>What a Context Object given to a test may hold. Every field may be left out.</summary>
internal static class ContextRules
{
    static readonly Dictionary<string, Dictionary<string, JsonKind?>> Fields = new(StringComparer.Ordinal)
    {
        ["Execution"] = new(StringComparer.Ordinal)
        {
            ["Id"] = JsonKind.String,
            ["Input"] = null,
            ["Name"] = JsonKind.String,
            ["RoleArn"] = JsonKind.String,
            ["StartTime"] = JsonKind.String,
            ["RedriveCount"] = JsonKind.Number,
            ["RedriveTime"] = JsonKind.String,
        },
        ["State"] = new(StringComparer.Ordinal) { ["EnteredTime"] = JsonKind.String, ["Name"] = JsonKind.String, ["RetryCount"] = JsonKind.Number },
        ["StateMachine"] = new(StringComparer.Ordinal) { ["Id"] = JsonKind.String, ["Name"] = JsonKind.String },
        ["Task"] = new(StringComparer.Ordinal) { ["Token"] = JsonKind.String },
    };

    internal static void Check(JsonObject context, State state)
    {
        foreach (var (name, part) in context)
        {
            if (name == "Map") throw Refused("'Map' field is not supported when mocking a Context object");
            if (!Fields.TryGetValue(name, out var known)) throw Refused($"Field '{name}' is not allowed");
            if (part is not JsonObject fields) throw Refused($"{name} must be a object");
            foreach (var (field, value) in fields)
            {
                if (!known.TryGetValue(field, out var kind)) throw Refused($"Field '{field}' is not allowed");
                if (kind is { } wanted && value.Kind != wanted) throw Refused($"{name}.{field} must be a {(wanted == JsonKind.Number ? "integer" : "string")}");
            }
        }

        if (context.ContainsKey("Task") && !HasToken(state))
            throw Refused("Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern");
    }

    static bool HasToken(State state) => state is TaskState { Resource: { } resource } && TaskResource.Parse(resource).Pattern != TaskPattern.RequestResponse;

    static StateTestException Refused(string what) => new(StateTestException.Validation, $"Invalid Context object provided: {what}");
}
