using Orkestra.Expressions.Data;

namespace Orkestra.Validation.TestState;

/// <summary>The fields a Context Object may have (https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html).</summary>
internal static class ContextFields
{
    static readonly Dictionary<string, string[]> Known = new(StringComparer.Ordinal)
    {
        ["Execution"] = ["Id", "Input", "Name", "RoleArn", "StartTime", "RedriveCount", "RedriveTime"],
        ["State"] = ["EnteredTime", "Name", "RetryCount"],
        ["StateMachine"] = ["Id", "Name"],
        ["Task"] = ["Token"],
    };

    /// <summary>The first field that may not be there.</summary>
    internal static string? Unknown(JsonObject context)
    {
        foreach (var (name, value) in context)
        {
            if (!Known.TryGetValue(name, out var fields)) return name;
            if (value is not JsonObject part) continue;
            foreach (var (inner, _) in part)
            {
                if (!fields.Contains(inner)) return inner;
            }
        }

        return null;
    }
}
