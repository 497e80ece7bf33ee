using System.Runtime.InteropServices;

namespace Orkestra.Lambda.Runtime;

/// <summary>A process's whole life as a Lambda function: open the function, answer invocations, leave in good order.</summary>
internal static class LambdaHost
{
    /// <summary>Runs until SIGTERM, or until the function cannot start or the host is gone.</summary>
    /// <param name="api">The host's endpoint.</param>
    /// <param name="open">Makes the function; what it throws becomes an init error.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where exceptions are written to, for whoever reads the function's log.</param>
    /// <returns>The exit code: 0 after SIGTERM, 1 when the function could not start or the host is gone.</returns>
    public static async Task<int> RunAsync(string api, Func<IFunction> open, TimeProvider time, TextWriter? log = null)
    {
        using var host = new SocketRuntimeApi(api);
        using var stop = new CancellationTokenSource();
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            stop.Cancel();
        });
        return await RunAsync(host, () => new SocketRuntimeApi(api), open, time, log, stop.Token);
    }

    /// <inheritdoc cref="RunAsync(string, Func{IFunction}, TimeProvider, TextWriter?)"/>
    public static async Task<int> RunAsync(
        IRuntimeApi api, Func<IRuntimeApi> spare, Func<IFunction> open, TimeProvider time, TextWriter? log, CancellationToken stopping)
    {
        IFunction function;
        try
        {
            function = open();
        }
#pragma warning disable CA1031 // Whatever the start throws is the init error.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            await (log ?? Console.Error).WriteLineAsync(exception is StartException ? exception.Message : exception.ToString());
            try
            {
                await api.FailInitAsync(exception is StartException start ? new(start.Type, start.Message) : InvocationError.From(exception), CancellationToken.None);
            }
            catch (RuntimeApiException unheard)
            {
                await (log ?? Console.Error).WriteLineAsync(unheard.Message);
            }

            return 1;
        }

        var reports = function as IExceptionLog;
        try
        {
            await new FunctionLoop(api, function, time, spare, Report).RunAsync(stopping);
            return 0;
        }
        catch (RuntimeApiException exception)
        {
            // Without a host there is nobody to answer; Lambda starts a new process.
            await (log ?? Console.Error).WriteLineAsync(exception.Message);
            return 1;
        }
        finally
        {
            if (function is IAsyncDisposable disposable)
                await disposable.DisposeAsync();
        }

        void Report(Exception exception)
        {
            if (reports is not null)
                reports.Log(exception);
            else
                (log ?? Console.Error).WriteLine(exception);
        }
    }
}
