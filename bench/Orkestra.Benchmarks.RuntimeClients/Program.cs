using Orkestra.Benchmarks.RuntimeClients;
using Orkestra.Lambda.Runtime;

// The variable picks the client; the loop, the function and the executable are the same.
var endpoint = Environment.GetEnvironmentVariable("AWS_LAMBDA_RUNTIME_API")!;
Func<IRuntimeApi> open = Environment.GetEnvironmentVariable("RUNTIME_CLIENT") switch
{
    "http-blocking" => () => new HttpHandlerRuntimeApi(endpoint, isBlocking: true),
    "http-async" => () => new HttpHandlerRuntimeApi(endpoint, isBlocking: false),
    _ => () => new SocketRuntimeApi(endpoint),
};
return await LambdaHost.RunAsync(open(), open, () => new EchoFunction(), TimeProvider.System, null, CancellationToken.None);
