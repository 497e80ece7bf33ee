using Orkestra.Expressions.Data;

namespace Orkestra.Cli.Apps;

/// <summary>What resources of a template are called here: their names, and what <c>Ref</c> and <c>Fn::GetAtt</c> give.</summary>
internal sealed class TemplateNames(string accountId, string region)
{
    // The property with the name, and the ARN after the account.
    static readonly Dictionary<string, (string Property, string Arn)> Types = new(StringComparer.Ordinal)
    {
        ["AWS::StepFunctions::StateMachine"] = ("StateMachineName", "states:{0}:{1}:stateMachine:{2}"),
        ["AWS::Serverless::StateMachine"] = ("Name", "states:{0}:{1}:stateMachine:{2}"),
        ["AWS::StepFunctions::Activity"] = ("Name", "states:{0}:{1}:activity:{2}"),
        ["AWS::Lambda::Function"] = ("FunctionName", "lambda:{0}:{1}:function:{2}"),
        ["AWS::Serverless::Function"] = ("FunctionName", "lambda:{0}:{1}:function:{2}"),
        ["AWS::SQS::Queue"] = ("QueueName", "sqs:{0}:{1}:{2}"),
        ["AWS::SNS::Topic"] = ("TopicName", "sns:{0}:{1}:{2}"),
        ["AWS::DynamoDB::Table"] = ("TableName", "dynamodb:{0}:{1}:table/{2}"),
        ["AWS::DynamoDB::GlobalTable"] = ("TableName", "dynamodb:{0}:{1}:table/{2}"),
        ["AWS::Serverless::SimpleTable"] = ("TableName", "dynamodb:{0}:{1}:table/{2}"),
        ["AWS::S3::Bucket"] = ("BucketName", "s3:::{2}"),
        ["AWS::Events::Rule"] = ("Name", "events:{0}:{1}:rule/{2}"),
        ["AWS::Scheduler::Schedule"] = ("Name", "scheduler:{0}:{1}:schedule/default/{2}"),
        ["AWS::Events::EventBus"] = ("Name", "events:{0}:{1}:event-bus/{2}"),
        ["AWS::IAM::Role"] = ("RoleName", "iam::{1}:role/{2}"),
        ["AWS::Logs::LogGroup"] = ("LogGroupName", "logs:{0}:{1}:log-group:{2}:*"),
        ["AWS::ECS::Cluster"] = ("ClusterName", "ecs:{0}:{1}:cluster/{2}"),
    };

    const int HashLength = 8;

    /// <summary>The name of the property that names a resource of a type; null when it is not known.</summary>
    internal static string? NameProperty(string type) => Types.TryGetValue(type, out var known) ? known.Property : null;

    /// <summary>The name of a resource that the template does not name: the id of the construct in CDK, and the logical id otherwise.</summary>
    internal static string DefaultName(string logicalId, string type, JsonValue resource)
    {
        // CDK appends a hash to the path of the construct.
        var isHashed = resource["Metadata"]?["aws:cdk:path"] is not null || (logicalId.Length > HashLength && logicalId[^HashLength..].All(digit => char.IsAsciiDigit(digit) || digit is >= 'A' and <= 'F'));
        var name = isHashed && logicalId.Length > HashLength ? logicalId[..^HashLength] : logicalId;
        return type == "AWS::S3::Bucket" ? name.ToLowerInvariant() : name;
    }

    /// <summary>What <c>Ref</c> gives.</summary>
    internal string Ref(string type, string name) => type switch
    {
        "AWS::StepFunctions::StateMachine" or "AWS::Serverless::StateMachine" or "AWS::StepFunctions::Activity" or "AWS::SNS::Topic" => Arn(type, name),
        "AWS::SQS::Queue" => $"https://sqs.{region}.amazonaws.com/{accountId}/{name}",
        _ => name,
    };

    /// <summary>What <c>Fn::GetAtt</c> gives.</summary>
    internal string Attribute(string type, string name, string attribute) => attribute switch
    {
        "Arn" or "TopicArn" or "ClusterArn" => Arn(type, name),
        "Name" or "QueueName" or "TopicName" => name,
        "QueueUrl" => Ref(type, name),
        _ => $"{name}.{attribute}",
    };

    internal string Arn(string type, string name) => Types.TryGetValue(type, out var known)
        ? $"arn:aws:{string.Format(System.Globalization.CultureInfo.InvariantCulture, known.Arn, region, accountId, name)}"
        : $"arn:aws:{type.Split("::").ElementAtOrDefault(1)?.ToLowerInvariant()}:{region}:{accountId}:{name}";
}
