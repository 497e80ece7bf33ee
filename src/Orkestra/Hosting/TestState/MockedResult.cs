using Orkestra.Asl.Integrations;
using Orkestra.Engine;
using Orkestra.Expressions.Data;

namespace Orkestra.Hosting.TestState;

/// <summary>Compares a mocked result with what the service answers.</summary>
internal static class MockedResult
{
    /// <summary>The first difference, in the service's words; null when there is none, or the action is not known.</summary>
    internal static string? Check(TaskResource resource, JsonValue result, FieldValidationMode mode)
    {
        if (AnswerOf(resource) is not { } shape) return null;
        return result is JsonObject ? Check(shape, result, "", mode == FieldValidationMode.Strict) : "Mocked result must be a JSON object.";
    }

    /// <summary>What an action answers; null when it is not known.</summary>
    internal static Shape? AnswerOf(TaskResource resource)
    {
        if (resource.Kind != TaskResourceKind.Integration || resource.Pattern == TaskPattern.WaitForTaskToken) return null;
        var isSdk = resource.Service.StartsWith("aws-sdk:", StringComparison.Ordinal);
        var service = isSdk ? IntegrationCatalog.FindSdk(resource.Service[8..]) : IntegrationCatalog.FindOptimized(resource.Service);
        var operation = resource.Operation;
        if (resource.Pattern == TaskPattern.Sync)
        {
            // The result is the job that was waited for; of jobs only executions are described in the same form.
            if (resource.Service != "states") return null;
            operation = "describeExecution";
        }

        return service?.Answers.GetValueOrDefault(operation);
    }

    static string? Check(Shape shape, JsonValue value, string field, bool isStrict)
    {
        // A field that is null counts as one that is there and says nothing.
        if (value.IsNull) return null;
        switch (shape.Kind)
        {
            case ShapeKind.Structure:
                return value is JsonObject structure ? CheckFields(shape, structure, isStrict) : $"Field '{field}' must be an object";
            case ShapeKind.Map:
                return value is JsonObject map ? First(map.Select(member => Check(shape.Member, member.Value, field, isStrict))) : $"Field '{field}' must be an object";
            case ShapeKind.List:
                return value is JsonArray list ? First(list.Span.ToArray().Select(item => Check(shape.Member, item, field, isStrict))) : $"Field '{field}' must be an array";
            case ShapeKind.Boolean:
                return value is JsonBoolean ? null : $"Field '{field}' must be a boolean";
            case ShapeKind.Number:
                if (value is not JsonNumber number) return $"Field '{field}' must be a number";
                if (number.Value < shape.Least) return $"Field '{field}' is less than the minimum value";
                return number.Value > shape.Most ? $"Field '{field}' is greater than the maximum value" : null;
            case ShapeKind.Text:
                if (value is not JsonString text) return $"Field '{field}' must be a string";
                if (shape.Words is { } words && !words.Contains(text.Value)) return $"Field '{field}' is not an expected value";
                if (text.Value.Length < shape.Least) return $"Field '{field}' is smaller than the minimum length";
                return text.Value.Length > shape.Most ? $"Field '{field}' is larger than the maximum length" : null;
            default:
                return null;
        }
    }

    static string? CheckFields(Shape shape, JsonObject structure, bool isStrict)
    {
        if (isStrict && shape.Required.FirstOrDefault(name => !structure.ContainsKey(name)) is { } missing) return $"Required field '{missing}' is missing";
        return First(structure.Where(member => shape.Fields.ContainsKey(member.Key)).Select(member => Check(shape.Fields[member.Key], member.Value, member.Key, isStrict)));
    }

    static string? First(IEnumerable<string?> problems) => problems.FirstOrDefault(problem => problem is not null);
}
