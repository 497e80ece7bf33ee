using System.Collections.Concurrent;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Cdk.Tests.Samples;

/// <summary>Carries out the tasks of a deployed document: each function runs in the real loop against an emulated Lambda, with the settings of the template.</summary>
internal sealed class LambdaLoop(Deployed deployed, Action<LambdaOptions> functions) : ITaskInvoker, IAsyncDisposable
{
    readonly ConcurrentDictionary<string, Lazy<Function>> running = new();

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (invocation.Resource.Service == "batch") return TaskOutcome.Result(JsonValue.Parse("""{"JobId":"17","JobName":"render","Status":"SUCCEEDED"}"""));
        if (!invocation.Resource.IsLambdaInvoke) return TaskOutcome.Unhandled;
        var name = ((JsonString)invocation.Input["FunctionName"]!).Value;
        var function = running.GetOrAdd(name, key => new(() => new Function(deployed.Function(key), functions))).Value;
        var request = new LambdaRequest(invocation.Input["Payload"]!.ToJson());
        // Lambda takes the client context in Base64 and gives it to the function as it was before.
        if (invocation.Input["ClientContext"] is JsonString context)
            request = request with { Headers = new Dictionary<string, string> { ["Lambda-Runtime-Client-Context"] = Encoding.UTF8.GetString(Convert.FromBase64String(context.Value)) } };
        var answer = await function.Emulator.InvokeAsync(request);
        return answer.IsError ? TaskOutcome.Failure(answer.ErrorType, answer.Body) : TaskOutcome.Payload(JsonValue.Parse(answer.Body));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var function in running.Values) await function.Value.DisposeAsync();
    }

    sealed class Function : IAsyncDisposable
    {
        readonly CancellationTokenSource stop = new();
        readonly SocketRuntimeApi api;
        readonly Task<int> exit;

        public Function((string Handler, Dictionary<string, string> Variables) settings, Action<LambdaOptions> functions)
        {
            var variables = new Dictionary<string, string>(settings.Variables) { ["_HANDLER"] = settings.Handler, ["AWS_LAMBDA_FUNCTION_NAME"] = "test" };
            api = new(Emulator.Endpoint);
            exit = Task.Run(() => LambdaHost.RunAsync(
                api,
                () => new SocketRuntimeApi(Emulator.Endpoint),
                () => OrkestraLambda.Open(functions, LambdaEnvironment.From(name => variables.GetValueOrDefault(name)), Stream.Null),
                TimeProvider.System,
                TextWriter.Null,
                stop.Token));
        }

        public RuntimeApiEmulator Emulator { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await stop.CancelAsync();
            await exit;
            await Emulator.DisposeAsync();
            api.Dispose();
            stop.Dispose();
        }
    }
}
