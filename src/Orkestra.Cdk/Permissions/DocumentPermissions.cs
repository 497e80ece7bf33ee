using Amazon.CDK;
using Amazon.CDK.AWS.IAM;
using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Cdk.Composition;
using Orkestra.Expressions.Data;

namespace Orkestra.Cdk.Permissions;

/// <summary>What the states of a document have to be allowed.</summary>
/// <param name="stack">The stack they are deployed in.</param>
/// <param name="substitutions">What the placeholders of the document stand for.</param>
/// <param name="functions">The placeholders of the functions of steps, which are allowed elsewhere.</param>
/// <param name="sources">The states that were not authored, with where they come from.</param>
/// <param name="permissionsFor">What a state is allowed instead of what would be derived; null for nothing.</param>
internal sealed class DocumentPermissions(
    Stack stack,
    IReadOnlyDictionary<string, string> substitutions,
    IReadOnlyCollection<string> functions,
    IReadOnlyDictionary<string, object> sources,
    Func<string, IReadOnlyList<PolicyStatement>?>? permissionsFor)
{
    readonly ResourceArns arns = new(stack);

    public IEnumerable<PolicyStatement> Of(EquatableMap<State> states) => states.SelectMany(state => Of(state.Key, state.Value));

    /// <summary>What a state, with all inside it, has to be allowed.</summary>
    public IEnumerable<PolicyStatement> Of(string name, State state)
    {
        // CDK's states say themselves what they need.
        if (sources.GetValueOrDefault(name) is CdkStates) return [];
        IEnumerable<PolicyStatement> inside = state switch
        {
            ParallelState parallel => parallel.Branches.SelectMany(branch => Of(branch.States)),
            MapState { Processor: { } processor } => Of(processor.States),
            _ => [],
        };
        return [.. permissionsFor?.Invoke(name) ?? Own(state), .. inside];
    }

    IEnumerable<PolicyStatement> Own(State state) => state switch
    {
        TaskState task => Task(task),
        MapState map => [.. Reader(map.ItemReader), .. Writer(map.ResultWriter)],
        _ => [],
    };

    IEnumerable<PolicyStatement> Task(TaskState task)
    {
        if (task.Credentials is { } credentials) return [ServiceGrants.Allow(["sts:AssumeRole"], Text(credentials)["RoleArn"] ?? "*")];
        var value = task.Arguments ?? task.Parameters;
        if (value?["FunctionName"] is JsonString { Value: var function } && functions.Contains(function)) return [];
        return ServiceCall.Of(task.Resource, Text(value)) is { } call ? new ServiceGrants(arns).Of(call) : [];
    }

    // https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    IEnumerable<PolicyStatement> Reader(ItemReader? reader)
    {
        if (reader is null) yield break;
        var arguments = Text(reader.Arguments ?? reader.Parameters);
        var bucket = arguments["Bucket"];
        if (reader.Resource?.EndsWith(":listObjectsV2", StringComparison.Ordinal) == true)
        {
            var listing = new PolicyStatementProps { Actions = ["s3:ListBucket"], Resources = [arns.OfBucket(bucket, null)] };
            if (arguments["Prefix", ""] is { Length: > 0 } prefix)
                listing.Conditions = new Dictionary<string, object> { ["StringLike"] = new Dictionary<string, object> { ["s3:prefix"] = $"{prefix}*" } };
            yield return new PolicyStatement(listing);
            if (reader.ReaderConfig?.Transformation is { } transformation && transformation != "NONE") yield return ServiceGrants.Allow(["s3:GetObject"], arns.OfBucket(bucket, $"{arguments["Prefix", ""]}*"));
            yield break;
        }

        // What a manifest lists is anywhere in the bucket.
        var isManifest = reader.ReaderConfig is { InputType: "MANIFEST" } or { ManifestType: not null };
        yield return ServiceGrants.Allow(["s3:GetObject"], arns.OfBucket(bucket, isManifest ? "*" : arguments["Key"] ?? "*"));
    }

    IEnumerable<PolicyStatement> Writer(ResultWriter? writer)
    {
        if (writer?.Resource is null) yield break;
        var arguments = Text(writer.Arguments ?? writer.Parameters);
        var prefix = arguments["Prefix", ""] is { Length: > 0 } text ? $"{text.TrimEnd('/')}/*" : "*";
        yield return ServiceGrants.Allow(["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"], arns.OfBucket(arguments["Bucket"], prefix));
    }

    ArgumentText Text(JsonValue? arguments) => new(arguments, substitutions);
}
