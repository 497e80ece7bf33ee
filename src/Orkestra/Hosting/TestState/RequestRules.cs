using Orkestra.Asl;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>What the service refuses before it runs a state, in its words and its order.</summary>
internal static class RequestRules
{
    /// <summary>Checks a request and gives the mocked result; null when no result is mocked.</summary>
    internal static JsonValue? Check(StateTestRequest request, State state)
    {
        CheckConfiguration(request, state);
        CheckStateType(request, state);
        var result = request.Mock is { } mock ? CheckMock(request, mock, state) : null;
        if (request.Context is { } context) ContextRules.Check(context, state);
        if (request.Mock is null && state is TaskState task) CheckRealTask(request, task);
        return result;
    }

    static void CheckConfiguration(StateTestRequest request, State state)
    {
        var configuration = request.StateConfiguration;
        if (request.Mock is null && configuration is not null)
        {
            if (configuration.RetrierRetryCount is not null) throw NeedsMock("RetrierRetryCount");
            if (configuration.ErrorCausedByState is not null) throw NeedsMock("ErrorCausedByState");
            if (configuration.MapIterationFailureCount is not null) throw NeedsMock("MapIterationFailureCount");
            if (configuration.MapItemReaderData is not null) throw NeedsMock("MapItemReaderData");
        }

        if (configuration?.RetrierRetryCount < 0) throw Negative("retrierRetryCount", configuration.RetrierRetryCount.Value);
        if (configuration?.MapIterationFailureCount < 0) throw Negative("mapIterationFailureCount", configuration.MapIterationFailureCount.Value);
        if (state is MapState { ItemReader: not null } && configuration?.MapItemReaderData is null && request.Mock is not null) throw NeedsReaderData();
    }

    static void CheckStateType(StateTestRequest request, State state)
    {
        if (request.Mock is null)
        {
            if (state is not (MapState or ParallelState)) return;
            throw new StateTestException(
                StateTestException.InvalidDefinition,
                "TestState API does not support Map or Parallel states. Supported state types include: [Task, Wait, Pass, Succeed, Fail, Choice]");
        }

        if (state is not FallibleState) throw Refused($"State type '{state.Type}' is not supported when a mock is specified");
    }

    static JsonValue? CheckMock(StateTestRequest request, StateMock mock, State state)
    {
        if (request.RevealSecrets) throw Refused("TestState does not support RevealSecrets when a mock is specified.");
        if (mock is { Result: not null, ErrorOutput: not null }) throw Refused("A test mock should have only one of the following fields: [result, errorOutput].");
        if (mock is { Result: null, ErrorOutput: null }) throw Refused("A test mock should have one of the following fields: [result, errorOutput].");
        if (mock.Result is null) return null;
        var result = Parse(mock.Result);
        switch (state)
        {
            case MapState { ResultWriter: not null } when result is not JsonObject:
                throw Refused("Mocked result must be a JSON object.");
            case MapState { ResultWriter: null } or ParallelState when result is not JsonArray:
                throw Refused("Mocked result must be an array.");
            case ParallelState parallel when ((JsonArray)result).Count != parallel.Branches.Count:
                throw Refused("Mocked result must contain the same number of items as number of Parallel branches.");
            case TaskState { Resource: { } resource } when mock.FieldValidationMode != FieldValidationMode.None:
                if (MockedResult.Check(TaskResource.Parse(resource), result, mock.FieldValidationMode) is { } problem)
                    throw Refused($"Mock result schema validation error: {problem}");
                break;
            default:
                break;
        }

        return result;
    }

    static JsonValue Parse(string text)
    {
        try
        {
            return JsonValue.Parse(text);
        }
        catch (JsonFormatException)
        {
            throw Refused("Mocked result must be valid JSON");
        }
    }

    static void CheckRealTask(StateTestRequest request, TaskState task)
    {
        var resource = TaskResource.Parse(task.Resource ?? "");
        if (resource.Pattern != TaskPattern.RequestResponse)
            throw new StateTestException(StateTestException.InvalidDefinition, "TestState API does not support '.sync' or '.waitForTaskToken' integration patterns.");
        if (resource.Kind == TaskResourceKind.Activity)
            throw new StateTestException(StateTestException.InvalidDefinition, "TestState API does not support Activity tasks.");
        if (request.RoleArn is null) throw Refused("RoleArn must be specified when testing a Task state");
    }

    internal static StateTestException NeedsReaderData() => Refused("ItemReader data must be specified when testing a Map state with ItemReader specified.");

    internal static StateTestException TooManyFailures() => Refused("MapIterationFailureCount must not be greater than the number of items of the Map state.");

    static StateTestException Negative(string field, int value) => Refused(
        $"1 validation error detected: Value '{value}' at 'stateConfiguration.{field}' failed to satisfy constraint: Member must have value greater than or equal to 0");

    static StateTestException NeedsMock(string field) => Refused($"TestState does not support {field} when a mock is not specified.");

    static StateTestException Refused(string message) => new(StateTestException.Validation, message);
}
