using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>
/// What a step that takes a <see cref="StepContext"/> is told of its call. The payload is the step's own input and has no place for it, so it travels as the
/// client context of the Lambda call. The key is the same for each retry, as it is made of the visit to the state and not of the try; as a digest it fits where
/// services limit the length of such keys.
/// </summary>
internal static class CallContext
{
    const string Visit = "$states.context.Execution.Id, $states.context.State.Name, $states.context.State.EnteredTime, $string($states.context.Map.Item.Index)";

    /// <param name="maps">
    /// How many Map states are around the step. The context object holds the index of the innermost one, so deeper the input tells items apart.
    /// </param>
    /// <param name="token">Whether the step hands out the token of its task.</param>
    public static string Expression(int maps, bool token = false)
    {
        var key = Key(maps);
        return "$base64encode($string({\"custom\": {\"orkestra\": {\"execution\": $states.context.Execution.Id, "
            + "\"attempt\": $states.context.State.RetryCount + 1, \"key\": " + key + (token ? ", \"token\": $states.context.Task.Token" : "") + "}}}))";
    }

    /// <summary>The same as members of an object, for the input of an activity.</summary>
    /// <param name="maps">How many Map states are around the step.</param>
    public static JsonObject Members(int maps) => JsonObject.Create(
        ("Execution", FlowCompiler.Expression("$states.context.Execution.Id")),
        ("Attempt", FlowCompiler.Expression("$states.context.State.RetryCount + 1")),
        ("Key", FlowCompiler.Expression(Key(maps))));

    static string Key(int maps)
    {
        var parts = maps > 1 ? $"{Visit}, $string($states.input)" : Visit;
        return $"$hash($join([{parts}], \"/\"), \"SHA-256\")";
    }
}
