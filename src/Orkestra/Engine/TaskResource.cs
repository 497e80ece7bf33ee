namespace Orkestra.Engine;

/// <summary>A Task's <c>Resource</c>, taken apart.</summary>
public sealed class TaskResource
{
    const string SyncSuffix = ".sync";
    const string TokenSuffix = ".waitForTaskToken";

    TaskResource(string text, TaskResourceKind kind, string service, string action, TaskPattern pattern)
    {
        Text = text;
        Kind = kind;
        Service = service;
        Action = action;
        Pattern = pattern;
    }

    /// <summary>The text as the document has it.</summary>
    public string Text { get; }

    /// <summary>What kind of work it names.</summary>
    public TaskResourceKind Kind { get; }

    /// <summary>
    /// The <c>resourceType</c> of history events: the service of an integration, such as <c>lambda</c> or <c>aws-sdk:s3</c>; <c>lambda</c> for a function
    /// and <c>activity</c> for an activity.
    /// </summary>
    public string Service { get; }

    /// <summary>
    /// The <c>resource</c> of history events: the action of an integration with its suffix, such as <c>invoke</c> or <c>sendMessage.waitForTaskToken</c>;
    /// the name of a function or of an activity.
    /// </summary>
    public string Action { get; }

    /// <summary>The region of the resource; <c>us-east-1</c> when it names none, as integrations never do.</summary>
    public string Region { get; private init; } = "us-east-1";

    /// <summary>How the work is waited for.</summary>
    public TaskPattern Pattern { get; }

    /// <summary>The action without <c>.sync</c>, <c>.sync:2</c> or <c>.waitForTaskToken</c>.</summary>
    public string Operation
    {
        get
        {
            var dot = Action.IndexOf('.', StringComparison.Ordinal);
            return dot < 0 || Kind != TaskResourceKind.Integration ? Action : Action[..dot];
        }
    }

    /// <summary>Whether this is <c>lambda:invoke</c> in any pattern, whose result AWS wraps in an object with <c>Payload</c>.</summary>
    public bool IsLambdaInvoke => Kind == TaskResourceKind.Integration && Service == "lambda" && Action.StartsWith("invoke", StringComparison.Ordinal);

    /// <summary>Takes a resource apart. Every text is a resource; one that AWS would not know has the kind <see cref="TaskResourceKind.Other"/>.</summary>
    public static TaskResource Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        // arn:partition:service:region:account:type:name
        var parts = text.Split(':', 7);
        if (parts.Length < 6 || parts[0] != "arn") return new(text, TaskResourceKind.Other, "", text, TaskPattern.RequestResponse);
        if (parts[2] == "lambda" && parts.Length == 7 && parts[5] == "function")
            return new(text, TaskResourceKind.LambdaFunction, "lambda", parts[6], TaskPattern.RequestResponse) { Region = parts[3] };
        if (parts[2] != "states") return new(text, TaskResourceKind.Other, parts[2], parts[^1], TaskPattern.RequestResponse);
        if (parts.Length == 7 && parts[5] == "activity") return new(text, TaskResourceKind.Activity, "activity", parts[6], TaskPattern.RequestResponse);
        return parts.Length == 7 ? Integration(text, parts[5], parts[6]) : new(text, TaskResourceKind.Other, "", text, TaskPattern.RequestResponse);
    }

    static TaskResource Integration(string text, string service, string action)
    {
        if (service == "aws-sdk" && action.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon)
        {
            service = $"aws-sdk:{action.AsSpan(0, colon)}";
            action = action[(colon + 1)..];
        }

        var pattern = action.EndsWith(TokenSuffix, StringComparison.Ordinal) ? TaskPattern.WaitForTaskToken
            : action.EndsWith(SyncSuffix, StringComparison.Ordinal) || action.EndsWith(".sync:2", StringComparison.Ordinal) ? TaskPattern.Sync
            : TaskPattern.RequestResponse;
        return new(text, TaskResourceKind.Integration, service, action, pattern);
    }

    /// <summary>The text as the document has it.</summary>
    public override string ToString() => Text;
}
