using System.Diagnostics.CodeAnalysis;
using Orkestra.Asl;
using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>Says what TestState says of a request before it tests anything.</summary>
public static class TestStateValidator
{
    /// <summary>Why the service would not test the state; null when it would.</summary>
    public static TestStateRefusal? Check(TestStateRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (Locate(request, out var state, out var machine) is { } missing) return missing;
        var found = machine is null ? StateMachineValidator.ValidateState(request.Definition) : StateMachineValidator.Validate(request.Definition);
        if (found.RefusalMessage is { } invalid) return new TestStateRefusal("InvalidDefinition", invalid);
        return CheckMock(request, state) ?? CheckContext(request, state) ?? CheckResult(request, state);
    }

    // The state, and the machine it is in when a name is given.
    static TestStateRefusal? Locate(TestStateRequest request, out State? state, out StateMachine? machine)
    {
        machine = null;
        if (request.StateName is not { } name)
        {
            state = AslReader.ReadState(request.Definition).State;
            return null;
        }

        machine = AslReader.Read(request.Definition).Document;
        state = machine is null ? null : Find(machine, name);
        return machine is null || state is not null ? null : Refuse("State not found in definition");
    }

    // States inside Parallel and Map can be named too: names are unique over all graphs.
    static State? Find(StateGraph graph, string name)
    {
        if (graph.States.TryGetValue(name, out var found)) return found;
        foreach (var state in graph.States.Values)
        {
            found = state switch
            {
                ParallelState parallel => parallel.Branches.Select(branch => Find(branch, name)).FirstOrDefault(inner => inner is not null),
                MapState { Processor: { } processor } => Find(processor, name),
                _ => null,
            };
            if (found is not null) return found;
        }

        return null;
    }

    static TestStateRefusal? CheckMock(TestStateRequest request, State? state)
    {
        var mock = request.Mock;
        if (mock is null)
        {
            if (request.StateConfiguration?.MapIterationFailureCount is not null)
                return Refuse("TestState does not support MapIterationFailureCount when a mock is not specified.");
            if (state is MapState or ParallelState)
                return new TestStateRefusal(
                    "InvalidDefinition",
                    "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]");
            return state is TaskState && request.RoleArn is null ? Refuse("RoleArn must be specified when testing a Task state") : null;
        }

        if (mock.Result is not null && mock.HasError) return Refuse("A test mock should have only one of the following fields: [result, errorOutput].");
        if (request.RevealSecrets) return Refuse("TestState does not support RevealSecrets when a mock is specified.");
        return state is FallibleState or null ? null : Refuse($"State type '{state.Type}' is not supported when a mock is specified");
    }

    static TestStateRefusal? CheckContext(TestStateRequest request, State? state)
    {
        if (request.Context is null) return null;
        if (!TryParse(request.Context, out var value) || value is not JsonObject context) return RefuseContext("Context object must be a JSON object");
        if (context.ContainsKey("Map")) return RefuseContext("'Map' field is not supported when mocking a Context object");
        if (ContextFields.Unknown(context) is { } unknown) return RefuseContext($"Field '{unknown}' is not allowed");
        return context.ContainsKey("Task") && !Waits(state)
            ? RefuseContext("Context object contains 'Task' when state is not a Task state with a '.sync' or '.waitForTaskToken' service integration pattern")
            : null;
    }

    static TestStateRefusal? CheckResult(TestStateRequest request, State? state)
    {
        if (request.Mock is not { Result: { } text } mock) return null;
        if (!TryParse(text, out var result)) return Refuse("Mocked result must be valid JSON");
        if (mock.Mode == FieldValidationMode.None || state is not TaskState { Resource: { } resource } || ResultShapes.Find(resource) is not { } shape) return null;
        return shape.Problem("", result, mock.Mode == FieldValidationMode.Strict) is { } problem ? Refuse($"Mock result schema validation error: {problem}") : null;
    }

    static bool Waits(State? state) =>
        state is TaskState { Resource: { } resource }
        && (resource.EndsWith(".waitForTaskToken", StringComparison.Ordinal) || resource.EndsWith(".sync", StringComparison.Ordinal)
            || resource.EndsWith(".sync:2", StringComparison.Ordinal));

    static bool TryParse(string text, [NotNullWhen(true)] out JsonValue? value)
    {
        try
        {
            value = JsonValue.Parse(text);
            return true;
        }
        catch (JsonFormatException)
        {
            value = null;
            return false;
        }
    }

    static TestStateRefusal Refuse(string message) => new("ValidationException", message);

    static TestStateRefusal RefuseContext(string message) => Refuse($"Invalid Context object provided: {message}");
}
