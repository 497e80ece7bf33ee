using System.Globalization;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;

namespace Orkestra.Local.Tasks;

/// <summary>S3: <c>aws-sdk:s3</c> with the actions on objects (get, put, delete, head, copy and list) and on buckets (create, delete, list), by path.</summary>
internal sealed class S3Forwarding(ServiceClient client) : IForwardedService
{
    static readonly string[] Numbers = ["Size", "KeyCount", "MaxKeys"];

    public ForwardedService Service { get; } = new()
    {
        Name = "S3",
        Sdk = "s3",
        SdkErrors = "S3",
        Signing = "s3",
        Variables = ["AWS_ENDPOINT_URL_S3", "S3_ENDPOINT"],
    };

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        var input = invocation.Input;
        var action = TaskNames.Action(invocation.Resource);
        var (method, path, body) = action switch
        {
            "GetObject" => (HttpMethod.Get, ObjectPath(input), ""),
            "HeadObject" => (HttpMethod.Head, ObjectPath(input), ""),
            "PutObject" => (HttpMethod.Put, ObjectPath(input), input["Body"] switch { null => "", JsonString text => text.Value, var json => json.ToJson() }),
            "CopyObject" => (HttpMethod.Put, ObjectPath(input), ""),
            "DeleteObject" => (HttpMethod.Delete, ObjectPath(input), ""),
            "ListObjectsV2" => (HttpMethod.Get, $"/{Needed(input, "Bucket")}?{Query(input)}", ""),
            "ListBuckets" => (HttpMethod.Get, "/", ""),
            "CreateBucket" => (HttpMethod.Put, $"/{Needed(input, "Bucket")}", ""),
            "DeleteBucket" => (HttpMethod.Delete, $"/{Needed(input, "Bucket")}", ""),
            _ => throw new ServiceCallException("UnsupportedOperationException", $"The action {action} of S3 is not forwarded. Mock the state '{invocation.StateName}' with SFN_MOCK_CONFIG", 0),
        };
        List<(string, string)> headers = [];
        if (Text(input, "ContentType") is { } type) headers.Add(("Content-Type", type));
        if (action == "CopyObject") headers.Add(("x-amz-copy-source", Needed(input, "CopySource")));
        if (Text(input, "Range") is { } range) headers.Add(("Range", range));
        var response = await client.SendAsync(Service, method, path, Encoding.UTF8.GetBytes(body), headers, invocation.CancellationToken).ConfigureAwait(false);
        if (!response.IsSuccess)
        {
            var error = XmlAnswer.Read(response.Body);
            throw new ServiceCallException(Text(error, "Code") ?? (response.Status == 404 ? "NoSuchKey" : $"HttpStatus{response.Status}"), ServiceClient.MessageOf(error), response.Status, response.RequestId);
        }

        return TaskOutcome.Result(action switch
        {
            "GetObject" => Metadata(response).With("Body", Encoding.UTF8.GetString(response.Body)),
            "ListObjectsV2" or "ListBuckets" or "CopyObject" => Numbered(XmlAnswer.Read(response.Body, "Contents", "CommonPrefixes", "Bucket")),
            _ => Metadata(response),
        });
    }

    static JsonObject Metadata(ServiceResponse response)
    {
        var metadata = JsonObject.Empty;
        foreach (var (header, name) in ((string, string)[])[("ETag", "ETag"), ("Content-Type", "ContentType"), ("Last-Modified", "LastModified"), ("x-amz-version-id", "VersionId")])
        {
            if (response.Header(header) is { } value) metadata = metadata.With(name, value);
        }

        return response.Header("Content-Length") is { } length && long.TryParse(length, CultureInfo.InvariantCulture, out var bytes) ? metadata.With("ContentLength", bytes) : metadata;
    }

    static JsonValue Numbered(JsonValue answer) => answer switch
    {
        JsonObject members => JsonObject.Create(members.Select(member => KeyValuePair.Create(member.Key, member switch
        {
            { Value: JsonString { Value: var text } } when Numbers.Contains(member.Key) && long.TryParse(text, CultureInfo.InvariantCulture, out var number) => number,
            { Value: JsonString { Value: "true" or "false" } flag, Key: "IsTruncated" } => flag.Value == "true",
            _ => Numbered(member.Value),
        }))),
        JsonArray items => JsonArray.Create(((IEnumerable<JsonValue>)items).Select(Numbered)),
        _ => answer,
    };

    static string Query(JsonValue input)
    {
        var query = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["list-type"] = "2" };
        foreach (var (member, name) in ((string, string)[])[("Prefix", "prefix"), ("Delimiter", "delimiter"), ("MaxKeys", "max-keys"), ("ContinuationToken", "continuation-token"), ("StartAfter", "start-after")])
        {
            if (input[member] is { IsNull: false } value) query[name] = value is JsonString text ? text.Value : value.ToJson();
        }

        return string.Join('&', query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
    }

    static string ObjectPath(JsonValue input) => $"/{Needed(input, "Bucket")}/{string.Join('/', Needed(input, "Key").Split('/').Select(Uri.EscapeDataString))}";

    static string Needed(JsonValue input, string name) => Text(input, name) ?? throw new ServiceCallException("InvalidParameterException", $"The parameter {name} is missing", 0);

    static string? Text(JsonValue input, string name) => (input[name] as JsonString)?.Value;
}
