using System.Text.RegularExpressions;
using Orkestra.Expressions.Data;

namespace Orkestra.Authoring.Compilation;

/// <summary>Refuses constant arguments of a service call that the service would refuse each time: only the deployed workflow would show it.</summary>
internal static partial class ServiceConstants
{
    // https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html
    static readonly string[] Methods = ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"];

    static readonly string[] Targets = ["TopicArn", "TargetArn", "PhoneNumber"];

    const int MaximumDelay = 900;

    static readonly string[] Expressions = ["UpdateExpression", "ConditionExpression", "KeyConditionExpression", "FilterExpression", "ProjectionExpression"];

    public static void Check(string label, ServiceAction action, JsonObject arguments)
    {
        foreach (var (name, value) in arguments)
        {
            if (value is JsonString { Value: var text }) Check(label, action.Name, name, text);
        }

        if (action.Name == "http:invoke") CheckHttp(label, arguments);
        if (action.Name.StartsWith("sqs:sendMessage", StringComparison.Ordinal)) CheckQueue(label, arguments);
        if (action.Name.StartsWith("sns:publish", StringComparison.Ordinal)) CheckTopic(label, arguments);
        if (action.Name.StartsWith("events:putEvents", StringComparison.Ordinal)) CheckEvents(label, arguments);
        if (action.Name.Contains("dynamodb:", StringComparison.Ordinal)) CheckPlaceholders(label, arguments);
    }

    static void Check(string label, string action, string name, string text)
    {
        if (text.StartsWith("{%", StringComparison.Ordinal)) return;
        var start = text.IndexOf("${", StringComparison.Ordinal);
        if (start >= 0)
        {
            if (!text.AsSpan(start).Contains('}')) throw new WorkflowException($"The argument {name} of '{label}' is '{text}', whose placeholder has no end: write '{text}}}'.");
            return;
        }

        if (name.EndsWith("Arn", StringComparison.Ordinal) && !text.StartsWith("arn:", StringComparison.Ordinal))
            throw new WorkflowException($"The argument {name} of '{label}' is '{text}', but {action} takes an ARN there: write the whole ARN, 'arn:aws:…', or a placeholder that the deployment fills, such as '${{{Placeholder(text)}}}'.");
    }

    // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
    static void CheckQueue(string label, JsonObject arguments)
    {
        if (arguments["QueueUrl"] is JsonString { Value: var url } && !IsOpen(url))
        {
            if (url.StartsWith("arn:", StringComparison.Ordinal))
                throw new WorkflowException($"The argument QueueUrl of '{label}' is '{url}', but SQS takes the queue's URL: write 'https://sqs.…', or a placeholder that the deployment fills with the URL, such as '${{{Placeholder(url[(url.LastIndexOf(':') + 1)..])}}}'.");
            if (url.EndsWith(".fifo", StringComparison.Ordinal)) CheckGroup(label, arguments, "queue");
        }

        if (arguments["DelaySeconds"] is JsonNumber { Value: < 0 or > MaximumDelay } delay)
            throw new WorkflowException($"The argument DelaySeconds of '{label}' is {delay.ToJson()}: SQS delays messages by 0 to {MaximumDelay} seconds. For a longer time, put Flow.Wait<T>(…) before '{label}'.");
    }

    // https://docs.aws.amazon.com/sns/latest/api/API_Publish.html
    static void CheckTopic(string label, JsonObject arguments)
    {
        if (!Targets.Any(arguments.ContainsKey))
            throw new WorkflowException($"'{label}' does not give sns:publish a target: add TopicArn, TargetArn or PhoneNumber to the arguments.");
        if (arguments["TopicArn"] is JsonString { Value: var arn } && arn.EndsWith(".fifo", StringComparison.Ordinal)) CheckGroup(label, arguments, "topic");
    }

    static void CheckGroup(string label, JsonObject arguments, string what)
    {
        if (!arguments.ContainsKey("MessageGroupId"))
            throw new WorkflowException($"'{label}' sends to a FIFO {what} without a message group, and each message to one needs it: give the group ('groupId' or 'MessageGroupId').");
    }

    // https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEventsRequestEntry.html
    static void CheckEvents(string label, JsonObject arguments)
    {
        if (arguments["Entries"] is not JsonArray entries) return;
        foreach (var entry in entries)
        {
            if (entry is JsonObject members && members["Source"] is JsonString { Value: var source } && source.StartsWith("aws.", StringComparison.Ordinal))
                throw new WorkflowException($"The event of '{label}' has the source '{source}', but sources that begin with 'aws.' are those of AWS services, and EventBridge refuses them: name your own application, such as 'shop.orders'.");
        }
    }

    static void CheckHttp(string label, JsonObject arguments)
    {
        if (arguments["Method"] is JsonString { Value: var method } && !IsOpen(method) && !Methods.Contains(method))
            throw new WorkflowException($"The argument Method of '{label}' is '{method}': use {string.Join(", ", Methods)}.");
        if (arguments["ApiEndpoint"] is JsonString { Value: var endpoint } && !IsOpen(endpoint) && !endpoint.StartsWith("https://", StringComparison.Ordinal))
            throw new WorkflowException($"The argument ApiEndpoint of '{label}' is '{endpoint}', but Step Functions calls HTTPS endpoints only: write the whole URL, 'https://…'.");
        if (arguments["Authentication"] is JsonObject authentication && authentication["ConnectionArn"] is JsonString { Value: var connection }) Check(label, "http:invoke", "ConnectionArn", connection);
    }

    // Computed by the state, or filled in by the deployment.
    static bool IsOpen(string text) => text.StartsWith("{%", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal);

    // In the expressions of DynamoDB a colon begins the name of a value, and a hash stands for an attribute.
    static void CheckPlaceholders(string label, JsonObject arguments)
    {
        List<string> texts = [];
        foreach (var name in Expressions)
        {
            if (arguments[name] is not JsonString { Value: var text }) continue;
            if (text.Contains("{%", StringComparison.Ordinal) || text.Contains("${", StringComparison.Ordinal)) return;
            texts.Add(text);
        }

        if (texts.Count == 0) return;
        var used = texts.SelectMany(static text => Placeholders().Matches(text)).Select(static match => match.Value).ToHashSet(StringComparer.Ordinal);
        Check(label, used, ':', arguments, "ExpressionAttributeValues", "value");
        Check(label, used, '#', arguments, "ExpressionAttributeNames", "name");
    }

    static void Check(string label, HashSet<string> used, char sign, JsonObject arguments, string parameter, string what)
    {
        if (arguments[parameter] is JsonString) return; // Computed as a whole.
        HashSet<string> given = arguments[parameter] is JsonObject members ? [.. members.Select(static member => member.Key)] : [];
        var mine = used.Where(name => name[0] == sign).Order(StringComparer.Ordinal).ToList();
        if (mine.FirstOrDefault(name => !given.Contains(name)) is { } missing)
            throw new WorkflowException($"The expressions of '{label}' use '{missing}', for which no {what} is given{(given.Count > 0 ? $" (there is {string.Join(", ", given.Order(StringComparer.Ordinal))})" : "")}: {Fix(sign, missing)}.");
        if (given.FirstOrDefault(name => !mine.Contains(name)) is { } unused)
            throw new WorkflowException($"'{label}' gives the {what} '{unused}', which none of its expressions uses, and DynamoDB refuses that: remove it, or use it.");
    }

    static string Fix(char sign, string name) => sign == ':'
        ? $"add the member {name[1..]} to the values, as in 'order => new {{ {name[1..]} = order.… }}'"
        : $"add it to the names, as in 'new Dictionary<string, string> {{ [\"{name}\"] = \"…\" }}'";

    static string Placeholder(string text)
    {
        var name = string.Concat(text.Where(char.IsAsciiLetterOrDigit));
        return name.Length == 0 ? "Name" : $"{char.ToUpperInvariant(name[0])}{name[1..]}";
    }

    [GeneratedRegex("[:#][A-Za-z_][A-Za-z0-9_]*", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholders();
}
