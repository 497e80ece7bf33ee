using Orkestra.Lambda.Emulator;
using Orkestra.Lambda.Runtime;

namespace Orkestra.Lambda.Tests.Runtime;

/// <summary>An emulated host with a function running against it.</summary>
internal sealed class HostFixture : IAsyncDisposable
{
    readonly CancellationTokenSource _stop = new();
    readonly SocketRuntimeApi _api;

    public HostFixture(Func<FunctionContext, ValueTask<string>> run, TimeProvider? time = null)
        : this(() => new FakeFunction(run), time)
    {
    }

    public HostFixture(Func<IFunction> open, TimeProvider? time = null)
    {
        _api = new(Emulator.Endpoint);
        Exit = Task.Factory.StartNew(
            () => LambdaHost.RunAsync(_api, () => new SocketRuntimeApi(Emulator.Endpoint), open, time ?? TimeProvider.System, Log, _stop.Token),
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
    }

    public RuntimeApiEmulator Emulator { get; } = new();

    public StringWriter Log { get; } = new();

    public Task<int> Exit { get; }

    /// <summary>A request with a deadline on a clock that is moved by hand.</summary>
    public static LambdaRequest Until(DateTimeOffset deadline, string payload = "{}") => new(payload)
    {
        Headers = new Dictionary<string, string> { ["Lambda-Runtime-Deadline-Ms"] = $"{deadline.ToUnixTimeMilliseconds()}" },
    };

    public Task StopAsync() => _stop.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await Exit.WaitAsync(TimeSpan.FromMinutes(2));
        }
        finally
        {
            await Emulator.DisposeAsync();
            _api.Dispose();
            _stop.Dispose();
        }
    }
}
