using Orkestra.Asl;
using Orkestra.Asl.Maps;
using Orkestra.Expressions.Data;

namespace Orkestra.Deployment.Permissions;

/// <summary>What the states of a document have to be allowed.</summary>
/// <param name="scope">Where they are deployed.</param>
/// <param name="substitutions">What the placeholders of the document stand for.</param>
/// <param name="functions">The placeholders of the functions of steps, which are allowed elsewhere.</param>
/// <param name="isAllowedElsewhere">Whether a state, with all inside it, says itself what it needs; null for none.</param>
internal sealed class DocumentPermissions(
    IArnScope scope,
    IReadOnlyDictionary<string, string> substitutions,
    IReadOnlyCollection<string> functions,
    Func<string, bool>? isAllowedElsewhere = null)
{
    readonly ResourceArns arns = new(scope);

    /// <summary>What states, with all inside them, have to be allowed: each by its name, before what is inside it. The grants of a state are derived when they are read.</summary>
    public IEnumerable<(string State, IEnumerable<Grant> Grants)> Of(EquatableMap<State> states) => states.SelectMany(state => Of(state.Key, state.Value));

    /// <summary>The same for one state.</summary>
    public IEnumerable<(string State, IEnumerable<Grant> Grants)> Of(string name, State state)
    {
        if (isAllowedElsewhere?.Invoke(name) == true) yield break;
        yield return (name, Own(state));
        foreach (var inside in Inside(state).SelectMany(Of)) yield return inside;
    }

    static IEnumerable<EquatableMap<State>> Inside(State state) => state switch
    {
        ParallelState parallel => parallel.Branches.Select(branch => branch.States),
        MapState { Processor: { } processor } => [processor.States],
        _ => [],
    };

    IEnumerable<Grant> Own(State state) => state switch
    {
        TaskState task => Deferred(task),
        MapState map => [.. Reader(map.ItemReader), .. Writer(map.ResultWriter)],
        _ => [],
    };

    // A call that cannot be derived is only refused when nothing else is said about its state.
    IEnumerable<Grant> Deferred(TaskState task)
    {
        foreach (var grant in Task(task)) yield return grant;
    }

    IEnumerable<Grant> Task(TaskState task)
    {
        if (task.Credentials is { } credentials) return [ServiceGrants.Allow(["sts:AssumeRole"], Text(credentials)["RoleArn"] ?? "*")];
        var value = task.Arguments ?? task.Parameters;
        if (value?["FunctionName"] is JsonString { Value: var function } && functions.Contains(function)) return [];
        return ServiceCall.Of(task.Resource, Text(value)) is { } call ? new ServiceGrants(arns).Of(call) : [];
    }

    // https://docs.aws.amazon.com/step-functions/latest/dg/iam-policies-eg-dist-map.html
    IEnumerable<Grant> Reader(ItemReader? reader)
    {
        if (reader is null) yield break;
        var arguments = Text(reader.Arguments ?? reader.Parameters);
        var bucket = arguments["Bucket"];
        if (reader.Resource?.EndsWith(":listObjectsV2", StringComparison.Ordinal) == true)
        {
            var listing = ServiceGrants.Allow(["s3:ListBucket"], arns.OfBucket(bucket, null));
            yield return arguments["Prefix", ""] is { Length: > 0 } prefix ? listing with { Conditions = [("StringLike", "s3:prefix", $"{prefix}*")] } : listing;
            if (reader.ReaderConfig?.Transformation is { } transformation && transformation != "NONE") yield return ServiceGrants.Allow(["s3:GetObject"], arns.OfBucket(bucket, $"{arguments["Prefix", ""]}*"));
            yield break;
        }

        // What a manifest lists is anywhere in the bucket.
        var isManifest = reader.ReaderConfig is { InputType: "MANIFEST" } or { ManifestType: not null };
        yield return ServiceGrants.Allow(["s3:GetObject"], arns.OfBucket(bucket, isManifest ? "*" : arguments["Key"] ?? "*"));
    }

    IEnumerable<Grant> Writer(ResultWriter? writer)
    {
        if (writer?.Resource is null) yield break;
        var arguments = Text(writer.Arguments ?? writer.Parameters);
        var prefix = arguments["Prefix", ""] is { Length: > 0 } text ? $"{text.TrimEnd('/')}/*" : "*";
        yield return ServiceGrants.Allow(["s3:PutObject", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:AbortMultipartUpload"], arns.OfBucket(arguments["Bucket"], prefix));
    }

    ArgumentText Text(JsonValue? arguments) => new(arguments, substitutions);
}
