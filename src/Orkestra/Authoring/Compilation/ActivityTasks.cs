using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>The Task of a step that a worker does. A worker learns of a call only what its input says, so the context of the call is a part of it.</summary>
internal static class ActivityTasks
{
    /// <summary>The resource, whose name the deployment fills in.</summary>
    public static string Resource(IStep step) => $"arn:aws:states:${{{WorkflowDefinition.ActivityRegion}}}:${{{WorkflowDefinition.ActivityAccount}}}:activity:${{{step.FunctionName}}}";

    /// <param name="step">The step.</param>
    /// <param name="payload">The expression for its payload.</param>
    /// <param name="maps">How many Map states are around it.</param>
    public static JsonObject Arguments(IStep step, JsonString payload, int maps) =>
        step.Metadata.TakesContext ? JsonObject.Create((WorkflowDefinition.ActivityContext, CallContext.Members(maps)), (WorkflowDefinition.ActivityPayload, payload)) : JsonObject.Create((WorkflowDefinition.ActivityPayload, payload));
}
