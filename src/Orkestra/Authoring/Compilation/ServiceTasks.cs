using System.Text.Json.Serialization.Metadata;
using Orkestra.Asl;
using Orkestra.Authoring.Lowering;
using Orkestra.Authoring.Nodes;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Makes the Task state of a service call, and checks it against what is known about the service.</summary>
internal static class ServiceTasks
{
    const string Input = "$states.input";
    const string TaskToken = "$states.context.Task.Token";
    const string Result = "$states.result";

    /// <summary>The state.</summary>
    /// <exception cref="WorkflowException">The service has no such action, a parameter is missing, or the arguments have no JSONata form.</exception>
    public static TaskState Of(ServiceFlowNode node, PayloadSerializer serializer)
    {
        var action = ServiceAction.Parse(node.Action);
        var arguments = ArgumentTemplate.Of(node.Arguments, node.Parameters, serializer.Options, node.IsCallback ? [Input, TaskToken] : [Input], node.NamesAsWritten, out var computed);
        Check(node, action, arguments, computed, serializer);
        if (!node.IsCallback && !node.PassesInput) CheckAnswer(node, action, serializer);
        return new TaskState
        {
            Resource = action.Resource,
            Arguments = arguments,
            Credentials = node.RoleArn is { } role ? JsonObject.Create(("RoleArn", role)) : null,
            Output = node.PassesInput ? FlowCompiler.Expression(Input)
                : node.Result is { } result ? FlowCompiler.Expression(ExpressionLowering.ToJsonata(result, serializer.Options, [Result]))
                : null,
        };
    }

    static void Check(ServiceFlowNode node, ServiceAction action, JsonValue arguments, IReadOnlyDictionary<JsonValue, Type> computed, PayloadSerializer serializer)
    {
        if (node.IsCallback && !arguments.ToJson().Contains(TaskToken, StringComparison.Ordinal))
            throw new WorkflowException($"'{node.Label}' waits for a task token, but its arguments don't include the token, so the task can't be completed. Add the token to what {action.Name} sends.");
        // An object that the state computes as a whole is not known now.
        if (arguments is not JsonObject members)
        {
            if (arguments is JsonString { Value: var text } && text.StartsWith("{%", StringComparison.Ordinal)) return;
            throw new WorkflowException($"The arguments of '{node.Label}' ({action.Name}) are not an object: write new {{ … }} with the action's parameters.");
        }

        foreach (var (name, _) in members)
        {
            if (name.Length > 0 && char.IsAsciiLetterLower(name[0]))
                throw new WorkflowException(
                    $"'{node.Label}' gives {action.Name} the parameter '{name}', but Step Functions names parameters in PascalCase, whatever the service's own API does. Write '{char.ToUpperInvariant(name[0])}{name[1..]}'.");
        }

        var missing = action.Required.Where(required => members[required] is null).ToList();
        if (missing.Count > 0)
            throw new WorkflowException($"'{node.Label}' does not give {action.Name} the required parameter{(missing.Count > 1 ? "s" : "")} {string.Join(" and ", missing)}. Add {(missing.Count > 1 ? "them" : "it")} to the arguments.");
        if (action.Request is { } request) new ServiceRequests(node.Label, action.Name, computed, serializer.Options).Check(request, members);
        ServiceConstants.Check(node.Label, action, members);
    }

    // A member by another name would silently stay empty.
    static void CheckAnswer(ServiceFlowNode node, ServiceAction action, PayloadSerializer serializer)
    {
        if (!serializer.Options.TryGetTypeInfo(node.Answer, out var info)) return;
        // An activity or a function, named by its whole ARN, may answer anything.
        if (!node.Action.StartsWith("arn:", StringComparison.Ordinal)
            && (info.Kind == JsonTypeInfoKind.Enumerable || node.Answer == typeof(string) || node.Answer.IsPrimitive || node.Answer.IsEnum || node.Answer == typeof(decimal)))
            throw new WorkflowException(
                $"'{node.Label}' is declared to give {TypeName.Of(node.Answer)}, but {action.Name} answers an object{(action.AnswerFields is { Count: > 0 } some ? $" with {string.Join(", ", some.Take(5))}{(some.Count > 5 ? ", …" : "")}" : "")}: "
                + "declare a record with the members that you need, and take one of them with .Select(answer => answer.…).");
        if (info.Kind != JsonTypeInfoKind.Object) return;
        var fields = action.AnswerFields;
        foreach (var property in info.Properties)
        {
            if (property.Get is null && property.Set is null && property.AssociatedParameter is null) continue;
            if (property.IsExtensionData) continue;
            var isThere = fields?.Contains(property.Name) ?? !char.IsAsciiLetterLower(property.Name[0]);
            if (isThere) continue;
            var similar = fields?.FirstOrDefault(field => field.Equals(property.Name, StringComparison.OrdinalIgnoreCase))
                ?? (fields is null ? $"{char.ToUpperInvariant(property.Name[0])}{property.Name[1..]}" : null);
            throw new WorkflowException(
                $"The answer of {action.Name} in '{node.Label}' has no member '{property.Name}', which {TypeName.Of(node.Answer)} reads: "
                + (similar is null ? $"it has {string.Join(", ", fields!)}." : $"services name members in PascalCase. Put [JsonPropertyName(\"{similar}\")] on it."));
        }
    }
}
