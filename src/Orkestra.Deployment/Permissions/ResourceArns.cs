namespace Orkestra.Deployment.Permissions;

/// <summary>Makes ARNs, in the partition, region and account of a deployment, of what a task names: names, ARNs, URLs, and references to resources.</summary>
internal sealed class ResourceArns(IArnScope scope)
{
    /// <summary>Which part of <c>arn:partition:states:region:account:stateMachine:NAME</c> the name is, counted from 0.</summary>
    internal const int NameInArn = 6;

    const string Any = "*";
    // https://sqs.region.amazonaws.com/account/name
    const int AccountInUrl = 3;
    const int NameInUrl = 4;

    /// <summary>An ARN of the form <c>arn:…:service:region:account:kind/name</c>.</summary>
    /// <param name="service">The service.</param>
    /// <param name="kind">The kind of the resource.</param>
    /// <param name="named">Its name or its ARN; null when it is not known, which gives every resource of the kind.</param>
    public string Of(string service, string kind, string? named) => named is not null && IsArn(named) ? named : scope.Format(service, $"{kind}/{named ?? Any}");

    /// <summary>An ARN of the form <c>arn:…:service:region:account:kind:name</c>.</summary>
    public string OfColons(string service, string kind, string? named) => named is not null && IsArn(named) ? named : scope.Format(service, $"{kind}:{named ?? Any}");

    /// <summary>An ARN without a kind, such as that of a topic.</summary>
    public string OfName(string service, string? named) => named is not null && IsArn(named) ? named : scope.Format(service, named ?? Any);

    /// <summary>The queue behind a URL, <c>https://sqs.region.amazonaws.com/account/name</c>.</summary>
    public string OfQueue(string? url)
    {
        if (url is null) return OfName("sqs", null);
        if (scope.IsUnresolved(url))
            return scope.QueueArn(url) ?? scope.Format("sqs", scope.Part(url, '/', NameInUrl), account: scope.Part(url, '/', AccountInUrl));
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address)) return OfName("sqs", url);
        var segments = address.AbsolutePath.Trim('/').Split('/');
        var region = address.Host.StartsWith("sqs.", StringComparison.Ordinal) ? address.Host.Split('.')[1] : null;
        return segments.Length == 2 ? scope.Format("sqs", segments[1], region, segments[0]) : OfName("sqs", segments[^1]);
    }

    /// <summary>Objects of a bucket, or the bucket itself.</summary>
    /// <param name="bucket">Its name; null when it is not known.</param>
    /// <param name="key">The object's key, with <c>*</c> for the rest of it; null for the bucket itself.</param>
    public string OfBucket(string? bucket, string? key)
    {
        if (bucket is not null && IsArn(bucket)) return key is null ? bucket : $"{bucket}/{key}";
        return scope.Format("s3", key is null ? bucket ?? Any : $"{bucket ?? Any}/{key}", region: "", account: "");
    }

    /// <summary>A resource of a service that belongs to no account, such as a model of Bedrock.</summary>
    public string OfService(string service, string kind, string? name) => name is not null && IsArn(name) ? name : scope.Format(service, $"{kind}/{name ?? Any}", account: "");

    /// <summary>The name at the end of a state machine's ARN that is not known now; null for a text that is.</summary>
    public string? NameIn(string arn) => scope.IsUnresolved(arn) ? scope.Part(arn, ':', NameInArn) : null;

    /// <summary>Whether a text is an ARN, as far as is known: a literal one, or a reference to one.</summary>
    public bool IsArn(string text) => text.StartsWith("arn:", StringComparison.Ordinal) || (scope.IsUnresolved(text) && scope.IsArn(text));
}
