using Orkestra.Engine;

namespace Orkestra.Deployment.Permissions;

/// <summary>A call of a service as IAM sees it.</summary>
/// <param name="Service">The service's prefix in IAM, such as <c>states</c>.</param>
/// <param name="Operation">The action as Step Functions names it, such as <c>putItem</c>.</param>
/// <param name="IsSync">Whether the task waits for a job.</param>
/// <param name="Arguments">What is known about the arguments.</param>
internal sealed record ServiceCall(string Service, string Operation, bool IsSync, ArgumentText Arguments)
{
    const string Sdk = "aws-sdk:";

    // Services whose prefix in IAM is another name than that of the SDK: https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
    static readonly Dictionary<string, string> Prefixes = new(StringComparer.Ordinal)
    {
        ["apigatewayv2"] = "apigateway",
        ["applicationautoscaling"] = "application-autoscaling",
        ["bedrockagentruntime"] = "bedrock",
        ["bedrockruntime"] = "bedrock",
        ["cloudwatchevents"] = "events",
        ["cloudwatchlogs"] = "logs",
        ["cognitoidentity"] = "cognito-identity",
        ["cognitoidentityprovider"] = "cognito-idp",
        ["costexplorer"] = "ce",
        ["directory"] = "ds",
        ["docdb"] = "rds",
        ["efs"] = "elasticfilesystem",
        ["elasticloadbalancingv2"] = "elasticloadbalancing",
        ["emr"] = "elasticmapreduce",
        ["emrcontainers"] = "emr-containers",
        ["emrserverless"] = "emr-serverless",
        ["eventbridge"] = "events",
        ["iotdataplane"] = "iot",
        ["kinesisanalyticsv2"] = "kinesisanalytics",
        ["neptune"] = "rds",
        ["opensearch"] = "es",
        ["opensearchserverless"] = "aoss",
        ["pinpoint"] = "mobiletargeting",
        ["rdsdata"] = "rds-data",
        ["redshiftdata"] = "redshift-data",
        ["resourcegroupstaggingapi"] = "tag",
        ["sagemakerruntime"] = "sagemaker",
        ["sesv2"] = "ses",
        ["sfn"] = "states",
    };

    // Actions that IAM knows by other names.
    static readonly Dictionary<string, string[]> Actions = new(StringComparer.Ordinal)
    {
        ["bedrock:converse"] = ["InvokeModel"],
        ["dynamodb:batchExecuteStatement"] = ["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"],
        ["dynamodb:executeStatement"] = ["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"],
        ["dynamodb:executeTransaction"] = ["PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"],
        ["dynamodb:transactGetItems"] = ["GetItem"],
        ["dynamodb:transactWriteItems"] = ["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"],
        ["lambda:invoke"] = ["InvokeFunction"],
        ["s3:completeMultipartUpload"] = ["PutObject"],
        ["s3:copyObject"] = ["GetObject", "PutObject"],
        ["s3:createMultipartUpload"] = ["PutObject"],
        ["s3:deleteObjects"] = ["DeleteObject"],
        ["s3:headBucket"] = ["ListBucket"],
        ["s3:headObject"] = ["GetObject"],
        ["s3:listBuckets"] = ["ListAllMyBuckets"],
        ["s3:listObjects"] = ["ListBucket"],
        ["s3:listObjectsV2"] = ["ListBucket"],
        ["s3:listObjectVersions"] = ["ListBucketVersions"],
        ["s3:uploadPart"] = ["PutObject"],
        ["ses:sendTemplatedEmail"] = ["SendEmail"],
        ["sns:publishBatch"] = ["Publish"],
        ["sqs:changeMessageVisibilityBatch"] = ["ChangeMessageVisibility"],
        ["sqs:deleteMessageBatch"] = ["DeleteMessage"],
        ["sqs:sendMessageBatch"] = ["SendMessage"],
    };

    /// <summary>The call of a task; null when its resource is no integration.</summary>
    public static ServiceCall? Of(string? resource, ArgumentText arguments)
    {
        if (resource is null || TaskResource.Parse(resource) is not { Kind: TaskResourceKind.Integration } parsed) return null;
        var service = parsed.Service.StartsWith(Sdk, StringComparison.Ordinal) ? parsed.Service[Sdk.Length..] : parsed.Service;
        return new(Prefixes.GetValueOrDefault(service, service), parsed.Operation, parsed.Pattern == TaskPattern.Sync, arguments);
    }

    /// <summary>The actions that IAM has to allow.</summary>
    public IEnumerable<string> IamActions =>
        (Actions.GetValueOrDefault($"{Service}:{Operation}") ?? [$"{char.ToUpperInvariant(Operation[0])}{Operation[1..]}"]).Select(action => $"{Service}:{action}");

    public bool Is(string service, string operation) => Service == service && Operation == operation;
}
