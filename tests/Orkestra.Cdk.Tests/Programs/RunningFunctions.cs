using System.Collections.Concurrent;
using System.Text;
using Orkestra.Cdk.Tests.Samples;
using Orkestra.Deployment.Packaging;
using Orkestra.Expressions.Data;
using Orkestra.Hosting;
using Orkestra.Lambda.Emulator;
using Shouldly;
using JsonValue = Orkestra.Expressions.Data.JsonValue;

namespace Orkestra.Cdk.Tests.Programs;

/// <summary>The functions of a template, each a process of the published program with the settings of the template, against an emulated Lambda.</summary>
internal sealed class RunningFunctions(SynthesisedTemplate template, string folder) : ITaskInvoker, IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly Deployed deployed = new(template);
    readonly ConcurrentDictionary<string, Lazy<FunctionProcess>> running = new();

    /// <summary>The logical ids of all functions.</summary>
    public IReadOnlyList<string> Names { get; } =
        [.. template.Root["Resources"]!.AsObject().Where(resource => (string?)resource.Value!["Type"] == "AWS::Lambda::Function").Select(resource => resource.Key)];

    public Deployed Deployed => deployed;

    public async ValueTask<TaskOutcome> InvokeAsync(TaskInvocation invocation)
    {
        if (invocation.Resource.Service == "batch") return TaskOutcome.Result(JsonValue.Parse("""{"JobId":"17","JobName":"render","Status":"SUCCEEDED"}"""));
        if (!invocation.Resource.IsLambdaInvoke) return TaskOutcome.Unhandled;
        var request = new LambdaRequest(invocation.Input["Payload"]!.ToJson());
        if (invocation.Input["ClientContext"] is JsonString context)
            request = request with { Headers = new Dictionary<string, string> { ["Lambda-Runtime-Client-Context"] = Encoding.UTF8.GetString(Convert.FromBase64String(context.Value)) } };
        var answer = await AnswerAsync(((JsonString)invocation.Input["FunctionName"]!).Value, request);
        return answer.IsError ? TaskOutcome.Failure(answer.ErrorType, answer.Body) : TaskOutcome.Payload(JsonValue.Parse(answer.Body));
    }

    /// <summary>Calls every function with a payload that most steps cannot take: it has to start and to answer, if only with an error of its own.</summary>
    public async Task AllAnswerAsync()
    {
        Names.ShouldNotBeEmpty();
        foreach (var name in Names)
        {
            var answer = await AnswerAsync(name, new LambdaRequest("null"));
            (answer.ErrorType ?? "").ShouldNotStartWith("Runtime.", customMessage: $"{name}: {answer.Body}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in running.Values) await process.Value.DisposeAsync();
    }

    async Task<LambdaAnswer> AnswerAsync(string name, LambdaRequest request)
    {
        var process = running.GetOrAdd(name, key => new(() => Start(key))).Value;
        var answer = process.Emulator.InvokeAsync(request);
        var first = await Task.WhenAny(answer, process.Emulator.InitError).WaitAsync(Patience);
        if (first != answer) throw new ShouldAssertException($"{name} does not start: {(await process.Emulator.InitError).Body}");
        return await answer;
    }

    FunctionProcess Start(string name)
    {
        var (handler, variables) = deployed.Function(name);
        var native = Path.Combine(folder, PublishedProgram.Bootstrap);
        return File.Exists(native)
            ? FunctionProcess.Start(native, handler)
            : FunctionProcess.Start(Path.Combine(folder, $"{handler}.dll"), variables["ORKESTRA_STEP"]);
    }
}
