namespace Orkestra.Lambda.Observability;

/// <summary>Where events of well-known services hold an id, for <see cref="LogOptions.CorrelationIdPath"/>.</summary>
public static class CorrelationIds
{
    /// <summary>An API Gateway REST API.</summary>
    public const string ApiGatewayRest = "/requestContext/requestId";

    /// <summary>An API Gateway HTTP API, or a function URL.</summary>
    public const string ApiGatewayHttp = "/requestContext/requestId";

    /// <summary>An Application Load Balancer.</summary>
    public const string ApplicationLoadBalancer = "/headers/x-amzn-trace-id";

    /// <summary>EventBridge.</summary>
    public const string EventBridge = "/id";

    /// <summary>The first message of an SQS batch.</summary>
    public const string Sqs = "/Records/0/messageId";

    /// <summary>S3 Object Lambda.</summary>
    public const string S3ObjectLambda = "/xAmzRequestId";
}
