using System.Text;
using System.Text.Json;
using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Runtime;
using Orkestra.Lambda.Tests.Runtime;

namespace Orkestra.Lambda.Tests;

/// <summary>A function of the shop in an emulated Lambda, with what it wrote to standard output.</summary>
internal sealed class FunctionHost : IAsyncDisposable
{
    readonly HostFixture _host;
    readonly MemoryStream _output = new();

    public FunctionHost(string step, Action<LambdaOptions>? configure = null, params (string Name, string Value)[] environment)
    {
        var variables = new Dictionary<string, string>
        {
            ["_HANDLER"] = step,
            ["AWS_LAMBDA_FUNCTION_NAME"] = "shop-" + step,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = "$LATEST",
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = "256",
        };
        foreach (var (name, value) in environment)
            variables[name] = value;
        _host = new(() => OrkestraLambda.Open(
            options =>
            {
                options.Add(new Shop());
                configure?.Invoke(options);
            },
            LambdaEnvironment.From(name => variables.GetValueOrDefault(name)),
            _output));
    }

    public RuntimeApiEmulator Emulator => _host.Emulator;

    public StringWriter Errors => _host.Log;

    public string Output => Encoding.UTF8.GetString(_output.ToArray());

    public IReadOnlyList<JsonElement> Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public IEnumerable<JsonElement> Metrics => Lines.Where(line => line.TryGetProperty("_aws", out _));

    public IEnumerable<JsonElement> Logs => Lines.Where(line => !line.TryGetProperty("_aws", out _));

    public Task<LambdaAnswer> InvokeAsync(string payload) => Emulator.InvokeAsync(payload);

    public Task<LambdaAnswer> InvokeAsync(LambdaRequest request) => Emulator.InvokeAsync(request);

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
