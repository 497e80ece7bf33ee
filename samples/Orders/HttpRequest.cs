/// <summary>The part of API Gateway's request that this sample looks at (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).</summary>
public sealed record HttpRequest(string RawPath, Dictionary<string, string>? PathParameters = null, string? Body = null);
