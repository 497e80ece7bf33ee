namespace Orkestra.Engine;

/// <summary>What kind of work a Task's resource names.</summary>
public enum TaskResourceKind
{
    /// <summary>A Lambda function by its own ARN.</summary>
    LambdaFunction,

    /// <summary>An activity, whose workers ask for work.</summary>
    Activity,

    /// <summary>A service integration, <c>arn:aws:states:::service:action</c>.</summary>
    Integration,

    /// <summary>Any other text; only a host that knows it can answer.</summary>
    Other,
}
