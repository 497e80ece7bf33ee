using System.Collections.Frozen;

namespace Orkestra.Validation.Checks;

/// <summary>
/// The optimized integrations: their actions, with the patterns each knows, and the parameters that must be given
/// (https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html).
/// </summary>
internal static class Integrations
{
    const string Sync = ".sync";
    const string Sync2 = ".sync:2";
    const string Token = ".waitForTaskToken";

    static readonly FrozenDictionary<string, string[]> Actions = new Dictionary<string, string[]>
    {
        ["apigateway"] = [.. With("invoke", Token)],
        ["athena"] = [.. With("startQueryExecution", Sync), "stopQueryExecution", "getQueryExecution", "getQueryResults"],
        ["batch"] = [.. With("submitJob", Sync)],
        ["bedrock"] = [.. With("invokeModel", Sync, Token), .. With("createModelCustomizationJob", Sync)],
        ["codebuild"] =
        [
            .. With("startBuild", Sync), "stopBuild", "batchDeleteBuilds", "batchGetReports", .. With("startBuildBatch", Sync), "stopBuildBatch",
            .. With("retryBuildBatch", Sync), "deleteBuildBatch",
        ],
        ["databrew"] = [.. With("startJobRun", Sync)],
        ["dynamodb"] = ["getItem", "putItem", "updateItem", "deleteItem"],
        ["ecs"] = [.. With("runTask", Sync, Token)],
        ["eks"] =
        [
            .. With("createCluster", Sync), .. With("deleteCluster", Sync), .. With("createFargateProfile", Sync), .. With("deleteFargateProfile", Sync),
            .. With("createNodegroup", Sync), .. With("deleteNodegroup", Sync), "call", .. With("runJob", Sync, Token),
        ],
        ["elasticmapreduce"] =
        [
            .. With("createCluster", Sync), "setClusterTerminationProtection", .. With("terminateCluster", Sync), .. With("addStep", Sync), "cancelStep",
            "modifyInstanceFleetByName", "modifyInstanceGroupByName",
        ],
        ["emr-containers"] = ["createVirtualCluster", .. With("deleteVirtualCluster", Sync), .. With("startJobRun", Sync)],
        ["emr-serverless"] =
        [
            .. With("createApplication", Sync), .. With("startApplication", Sync), .. With("stopApplication", Sync), .. With("deleteApplication", Sync),
            .. With("startJobRun", Sync), .. With("cancelJobRun", Sync),
        ],
        ["events"] = [.. With("putEvents", Token)],
        ["glue"] = [.. With("startJobRun", Sync)],
        ["http"] = ["invoke"],
        ["lambda"] = [.. With("invoke", Token)],
        ["mediaconvert"] = [.. With("createJob", Sync)],
        ["sagemaker"] =
        [
            "createEndpoint", "createEndpointConfig", .. With("createHyperParameterTuningJob", Sync), .. With("createLabelingJob", Sync), "createModel",
            .. With("createProcessingJob", Sync), .. With("createTrainingJob", Sync), .. With("createTransformJob", Sync), "updateEndpoint",
        ],
        ["sns"] = [.. With("publish", Token)],
        ["sqs"] = [.. With("sendMessage", Token)],
        ["states"] = [.. With("startExecution", Sync, Sync2, Token)],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string[]> Parameters = new Dictionary<string, string[]>
    {
        ["apigateway:invoke"] = ["ApiEndpoint", "Method"],
        ["athena:startQueryExecution"] = ["QueryString"],
        ["batch:submitJob"] = ["JobName", "JobQueue", "JobDefinition"],
        ["codebuild:startBuild"] = ["ProjectName"],
        ["dynamodb:getItem"] = ["TableName", "Key"],
        ["dynamodb:putItem"] = ["TableName", "Item"],
        ["dynamodb:updateItem"] = ["TableName", "Key"],
        ["dynamodb:deleteItem"] = ["TableName", "Key"],
        ["ecs:runTask"] = ["TaskDefinition"],
        ["events:putEvents"] = ["Entries"],
        ["glue:startJobRun"] = ["JobName"],
        ["http:invoke"] = ["ApiEndpoint", "Method"],
        ["lambda:invoke"] = ["FunctionName"],
        ["sqs:sendMessage"] = ["QueueUrl", "MessageBody"],
        ["states:startExecution"] = ["StateMachineArn"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether there is such an integration. SDK integrations name any action of any service: they are not looked up.</summary>
    internal static bool IsKnown(string service, string action)
    {
        if (service == "aws-sdk") return action.Contains(':', StringComparison.Ordinal) && !action.Contains(Sync, StringComparison.Ordinal);
        // A service this list does not know yet may have been added since.
        return !Actions.TryGetValue(service, out var actions) || actions.Contains(action);
    }

    /// <summary>The parameters an integration cannot do without.</summary>
    internal static string[] Required(string service, string action)
    {
        var dot = action.IndexOf('.', StringComparison.Ordinal);
        return Parameters.TryGetValue($"{service}:{(dot < 0 ? action : action[..dot])}", out var required) ? required : [];
    }

    static IEnumerable<string> With(string action, params string[] patterns) => [action, .. patterns.Select(pattern => action + pattern)];
}
