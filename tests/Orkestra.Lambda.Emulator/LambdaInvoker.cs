using System.Collections.Concurrent;
using System.Text;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda.Emulator;

/// <summary>
/// Carries out the tasks of an execution as AWS does: each function is a Lambda host of its own, in which a step runs in the real loop. Names are taken as they
/// stand in the document, <c>${AddPrice}</c> or an ARN that ends with <c>:AddPrice</c>.
/// </summary>
/// <param name="configure">The program's workflows and services, as its Program.cs gives them.</param>
public sealed class LambdaInvoker(Action<LambdaOptions> configure) : ITaskInvoker, IAsyncDisposable
{
    readonly ConcurrentDictionary<string, ConcurrentBag<Function>> _idle = new();
    readonly ConcurrentBag<Function> _all = [];

    /// <summary>What functions wrote to standard error.</summary>
    public StringWriter Errors { get; } = new();

    /// <summary>The functions that were started, by name; one for each call that ran at the same time.</summary>
    public IEnumerable<string> Started => _all.Select(function => function.Name);

    /// <inheritdoc/>
    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (!invocation.Resource.IsLambdaInvoke || invocation.Input["FunctionName"] is not JsonString named)
            return TaskOutcome.Unhandled;
        var name = named.Value.StartsWith("${", StringComparison.Ordinal) ? named.Value[2..^1] : named.Value[(named.Value.LastIndexOf(':') + 1)..];
        var idle = _idle.GetOrAdd(name, _ => []);
        if (!idle.TryTake(out var function))
            _all.Add(function = new(name, configure, Errors));
        var context = invocation.Input["ClientContext"] is JsonString encoded ? Encoding.UTF8.GetString(Convert.FromBase64String(encoded.Value)) : null;
        var answer = await function.Emulator.InvokeAsync(new LambdaRequest((invocation.Input["Payload"] ?? JsonValue.Null).ToJson())
        {
            Arn = $"arn:aws:lambda:eu-west-1:111111111111:function:{name}",
            Headers = context is null ? new Dictionary<string, string>() : new() { ["Lambda-Runtime-Client-Context"] = context },
        });
        idle.Add(function);
        return answer.IsError ? TaskOutcome.Failure(answer.ErrorType, answer.Body) : TaskOutcome.Payload(JsonValue.Parse(answer.Body));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var function in _all)
            await function.DisposeAsync();
    }

    sealed class Function : IAsyncDisposable
    {
        readonly CancellationTokenSource _stop = new();
        readonly SocketRuntimeApi _api;
        readonly Task<int> _exit;

        public Function(string name, Action<LambdaOptions> configure, StringWriter errors)
        {
            Name = name;
            _api = new(Emulator.Endpoint);
            var log = TextWriter.Synchronized(errors);
            // The loop blocks the thread it runs on, as it has a process for itself in Lambda.
            _exit = Task.Factory.StartNew(
                () => LambdaHost.RunAsync(
                    _api, () => new SocketRuntimeApi(Emulator.Endpoint),
                    () => OrkestraLambda.Open(configure, LambdaEnvironment.From(variable => variable == "_HANDLER" ? name : null), Stream.Null), TimeProvider.System, log, _stop.Token),
                CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        }

        public string Name { get; }

        public RuntimeApiEmulator Emulator { get; } = new();

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _exit.WaitAsync(TimeSpan.FromMinutes(2));
            await Emulator.DisposeAsync();
            _api.Dispose();
            _stop.Dispose();
        }
    }
}
