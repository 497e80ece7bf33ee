using Amazon.CDK;
using Newtonsoft.Json.Linq;
using Orkestra.Deployment.Permissions;

namespace Orkestra.Cdk.Permissions;

/// <summary>ARNs in a stack: what is not known now is a token.</summary>
internal sealed class StackArns(Stack stack) : IArnScope
{
    public string Format(string service, string resource, string? region = null, string? account = null) =>
        stack.FormatArn(new ArnComponents { Service = service, Region = region, Account = account, Resource = resource, ArnFormat = ArnFormat.NO_RESOURCE_NAME });

    public bool IsUnresolved(string text) => Token.IsUnresolved(text);

    // An attribute Arn, or a reference to a resource whose reference is its ARN.
    public bool IsArn(string unresolved)
    {
        var resolved = JToken.FromObject(stack.Resolve(unresolved));
        if (resolved["Fn::GetAtt"] is JArray attribute) return attribute.Last!.ToString().EndsWith("Arn", StringComparison.Ordinal);
        if (resolved["Fn::Join"]?[1] is JArray parts) return parts.First?.ToString().StartsWith("arn:", StringComparison.Ordinal) == true;
        return resolved["Ref"]?.ToString() is { } id && TypeOf(id) is "AWS::Lambda::Version" or "AWS::Lambda::Alias" or "AWS::SNS::Topic" or "AWS::StepFunctions::StateMachine" or "AWS::StepFunctions::Activity"
            or "AWS::ECS::TaskDefinition" or "AWS::Batch::JobQueue" or "AWS::Batch::JobDefinition" or "AWS::SecretsManager::Secret";
    }

    // A queue of the stack itself is referred to by its URL.
    public string? QueueArn(string unresolved)
    {
        var resolved = JToken.FromObject(stack.Resolve(unresolved));
        if (resolved is JObject && resolved["Fn::GetAtt"] is JArray { Count: 2 } attribute && TypeOf($"{attribute[0]}") == "AWS::SQS::Queue")
            throw new SynthesisException($"A state sends a message to the {attribute[1]} of the queue {attribute[0]}, but SQS takes a queue's URL: use QueueUrl of the queue in Substitutions.");
        return resolved is JObject && resolved["Ref"]?.ToString() is { } id && TypeOf(id) == "AWS::SQS::Queue" ? Fn.GetAtt(id, "Arn").ToString() : null;
    }

    public string Part(string unresolved, char separator, int index) => Fn.Select(index, Fn.Split($"{separator}", unresolved));

    string? TypeOf(string logicalId) => stack.Node.FindAll().OfType<CfnResource>().FirstOrDefault(resource => stack.Resolve(resource.LogicalId) as string == logicalId)?.CfnResourceType;
}
