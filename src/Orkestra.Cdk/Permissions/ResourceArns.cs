using Amazon.CDK;
using Newtonsoft.Json.Linq;

namespace Orkestra.Cdk.Permissions;

/// <summary>Makes ARNs, in the stack's partition, region and account, of what a task names: names, ARNs, URLs, and references to resources of the stack.</summary>
internal sealed class ResourceArns(Stack stack)
{
    const string Any = "*";

    /// <summary>An ARN of the form <c>arn:…:service:region:account:kind/name</c>.</summary>
    /// <param name="service">The service.</param>
    /// <param name="kind">The kind of the resource.</param>
    /// <param name="named">Its name or its ARN; null when it is not known, which gives every resource of the kind.</param>
    public string Of(string service, string kind, string? named) => named is not null && IsArn(named) ? named : Format(service, kind, named ?? Any, ArnFormat.SLASH_RESOURCE_NAME);

    /// <summary>An ARN of the form <c>arn:…:service:region:account:kind:name</c>.</summary>
    public string OfColons(string service, string kind, string? named) => named is not null && IsArn(named) ? named : Format(service, kind, named ?? Any, ArnFormat.COLON_RESOURCE_NAME);

    /// <summary>An ARN without a kind, such as that of a topic.</summary>
    public string OfName(string service, string? named) =>
        named is not null && IsArn(named) ? named : stack.FormatArn(new ArnComponents { Service = service, Resource = named ?? Any, ArnFormat = ArnFormat.NO_RESOURCE_NAME });

    /// <summary>The queue behind a URL, <c>https://sqs.region.amazonaws.com/account/name</c>.</summary>
    public string OfQueue(string? url)
    {
        if (url is null) return OfName("sqs", null);
        if (Token.IsUnresolved(url))
        {
            // The queue of the stack itself is referred to by its URL.
            if (LogicalIdOf(url) is { } queue) return Fn.GetAtt(queue, "Arn").ToString();
            var parts = Fn.Split("/", url);
            return Queue(Fn.Select(3, parts), Fn.Select(4, parts), null);
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return OfName("sqs", url);
        var segments = address.AbsolutePath.Trim('/').Split('/');
        var region = address.Host.StartsWith("sqs.", StringComparison.Ordinal) ? address.Host.Split('.')[1] : null;
        return segments.Length == 2 ? Queue(segments[0], segments[1], region) : OfName("sqs", segments[^1]);
    }

    /// <summary>Objects of a bucket, or the bucket itself.</summary>
    /// <param name="bucket">Its name; null when it is not known.</param>
    /// <param name="key">The object's key, with <c>*</c> for the rest of it; null for the bucket itself.</param>
    public string OfBucket(string? bucket, string? key)
    {
        if (bucket is not null && IsArn(bucket)) return key is null ? bucket : $"{bucket}/{key}";
        return stack.FormatArn(new ArnComponents
        {
            Service = "s3", Region = "", Account = "", Resource = bucket ?? Any, ResourceName = key, ArnFormat = key is null ? ArnFormat.NO_RESOURCE_NAME : ArnFormat.SLASH_RESOURCE_NAME,
        });
    }

    /// <summary>A resource of a service that belongs to no account, such as a model of Bedrock.</summary>
    public string OfService(string service, string kind, string? name) =>
        name is not null && IsArn(name) ? name : stack.FormatArn(new ArnComponents { Service = service, Account = "", Resource = kind, ResourceName = name ?? Any, ArnFormat = ArnFormat.SLASH_RESOURCE_NAME });

    /// <summary>Whether a text is an ARN, as far as is known: a literal one, an attribute <c>Arn</c>, or a reference to a resource whose reference is its ARN.</summary>
    public bool IsArn(string text)
    {
        if (text.StartsWith("arn:", StringComparison.Ordinal)) return true;
        if (!Token.IsUnresolved(text)) return false;
        var resolved = JToken.FromObject(stack.Resolve(text));
        if (resolved["Fn::GetAtt"] is JArray attribute) return attribute.Last!.ToString().EndsWith("Arn", StringComparison.Ordinal);
        if (resolved["Fn::Join"]?[1] is JArray parts) return parts.First?.ToString().StartsWith("arn:", StringComparison.Ordinal) == true;
        return resolved["Ref"]?.ToString() is { } id && TypeOf(id) is "AWS::Lambda::Version" or "AWS::Lambda::Alias" or "AWS::SNS::Topic" or "AWS::StepFunctions::StateMachine" or "AWS::StepFunctions::Activity"
            or "AWS::ECS::TaskDefinition" or "AWS::Batch::JobQueue" or "AWS::Batch::JobDefinition" or "AWS::SecretsManager::Secret";
    }

    string? LogicalIdOf(string token)
    {
        var resolved = JToken.FromObject(stack.Resolve(token));
        return resolved is JObject && resolved["Ref"]?.ToString() is { } id && TypeOf(id) == "AWS::SQS::Queue" ? id : null;
    }

    string? TypeOf(string logicalId) => stack.Node.FindAll().OfType<CfnResource>().FirstOrDefault(resource => stack.Resolve(resource.LogicalId) as string == logicalId)?.CfnResourceType;

    string Queue(string account, string name, string? region) =>
        stack.FormatArn(new ArnComponents { Service = "sqs", Region = region, Account = account, Resource = name, ArnFormat = ArnFormat.NO_RESOURCE_NAME });

    string Format(string service, string kind, string name, ArnFormat format) =>
        stack.FormatArn(new ArnComponents { Service = service, Resource = kind, ResourceName = name, ArnFormat = format });
}
