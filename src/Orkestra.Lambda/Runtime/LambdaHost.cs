using System.Runtime.InteropServices;
using Orkestra.Hosting;

namespace Orkestra.Lambda.Runtime;

/// <summary>
/// The life of a function's process: start the function, answer invocations, end when told to. Whatever user code and the host do, an invocation that was taken is
/// answered, and the process ends.
/// </summary>
internal static class LambdaHost
{
    // Lambda kills a process 500 ms after SIGTERM where the function has internal extensions, later with external ones and in containers elsewhere.
    static readonly TimeSpan StepEnds = TimeSpan.FromMilliseconds(150);
    static readonly TimeSpan ProcessEnds = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan AnswerEnds = TimeSpan.FromSeconds(10);

    // Kept after RunAsync: it also ends a process in which what comes after RunAsync does not end.
    static Timer? s_end;

    /// <summary>Runs until SIGTERM, or until the function cannot start or the host is gone.</summary>
    /// <param name="api">The host's endpoint.</param>
    /// <param name="open">Makes the function; what it throws becomes an init error.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where exceptions are written; standard error when null.</param>
    /// <returns>
    /// The exit code: 0 after SIGTERM, 1 when the function could not start or the host is gone. A step that does not end after SIGTERM is cancelled after 150 ms;
    /// after 300 ms it is answered for and the process ends with exit code 1.
    /// </returns>
    public static async Task<int> RunAsync(string api, Func<IFunction> open, TimeProvider time, TextWriter? log = null)
    {
        using var host = new SocketRuntimeApi(api);
        using var stop = new CancellationTokenSource();
        var process = new Running(() => new SocketRuntimeApi(api), log);
        var cancelStep = new Timer(_ => process.Loop?.CancelStep(), null, Timeout.Infinite, Timeout.Infinite);
        s_end = new Timer(_ => process.End(Environment.Exit), null, Timeout.Infinite, Timeout.Infinite);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            s_end.Change(ProcessEnds, Timeout.InfiniteTimeSpan);
            cancelStep.Change(StepEnds, Timeout.InfiniteTimeSpan);
            stop.Cancel();
        });
        AppDomain.CurrentDomain.UnhandledException += process.Crash;
        try
        {
            return process.ExitCode = await process.RunAsync(host, open, time, stop.Token);
        }
        finally
        {
            AppDomain.CurrentDomain.UnhandledException -= process.Crash;
        }
    }

    /// <summary>Runs against any host until a token is cancelled, without signals and without ending the process.</summary>
    /// <inheritdoc cref="RunAsync(string, Func{IFunction}, TimeProvider, TextWriter?)"/>
    public static Task<int> RunAsync(
        IRuntimeApi api, Func<IRuntimeApi> spare, Func<IFunction> open, TimeProvider time, TextWriter? log, CancellationToken stopping) =>
        new Running(spare, log).RunAsync(api, open, time, stopping);

    sealed class Running(Func<IRuntimeApi> spare, TextWriter? log)
    {
        IExceptionLog? _reports;

        public FunctionLoop? Loop { get; private set; }

        /// <summary>What a process that does not end by itself is ended with.</summary>
        public int ExitCode { get; set; } = 1;

        public async Task<int> RunAsync(IRuntimeApi api, Func<IFunction> open, TimeProvider time, CancellationToken stopping)
        {
            IFunction function;
            try
            {
                function = open();
            }
#pragma warning disable CA1031 // Whatever the start throws is the init error.
            catch (Exception exception)
            {
                await FailInitAsync(api, exception);
                return 1;
            }

            _reports = function as IExceptionLog;
            try
            {
                Loop = new FunctionLoop(api, function, time, spare, Report);
                await Loop.RunAsync(stopping);
                return 0;
            }
            catch (Exception exception)
            {
                // Without a host there is no one to answer; Lambda starts a new process.
                Write(exception is RuntimeApiException ? exception.Message : ExceptionText.TextOf(exception));
                return 1;
            }
            finally
            {
                await CloseAsync(function);
            }
        }

        /// <summary>Answers for a step that did not end, and ends the process whatever its threads do.</summary>
        public void End(Action<int> exit)
        {
            WithinLimit(loop =>
            {
                loop.AnswerForStep();
                SpinWait.SpinUntil(() => !loop.IsAnswering, AnswerEnds);
            });
            exit(ExitCode);
        }

        /// <summary>Answers for a step whose own thread, timer or <c>async void</c> method throws: the process ends after it.</summary>
        public void Crash(object? sender, UnhandledExceptionEventArgs crash)
        {
            if (crash is { IsTerminating: true, ExceptionObject: Exception exception })
                WithinLimit(loop => loop.AnswerCrash(exception));
        }

        // On a thread of its own, as the pool's may all belong to user code; and not for ever, as the host may be gone too.
        void WithinLimit(Action<FunctionLoop> answer)
        {
            if (Loop is not { } loop)
                return;
            var thread = new Thread(() => answer(loop)) { IsBackground = true };
            thread.Start();
            thread.Join(AnswerEnds);
        }

        async Task FailInitAsync(IRuntimeApi api, Exception exception)
        {
            Write(exception is StartException ? exception.Message : ExceptionText.TextOf(exception));
            try
            {
                await api.FailInitAsync(exception is StartException start ? new(start.Type, start.Message) : InvocationError.From(exception), CancellationToken.None);
            }
            catch (RuntimeApiException unheard)
            {
                Write(unheard.Message);
            }
        }

        async ValueTask CloseAsync(IFunction function)
        {
            if (function is not IAsyncDisposable disposable)
                return;
            try
            {
                await disposable.DisposeAsync();
            }
            catch (Exception exception)
            {
                Report(exception);
            }
        }

        void Report(Exception exception)
        {
            try
            {
                if (_reports is { } reports)
                {
                    reports.Log(exception);
                    return;
                }
            }
            catch (Exception)
            {
                // The function's own log is gone; standard error is left.
            }

            Write(ExceptionText.TextOf(exception));
        }

        void Write(string line)
        {
            try
            {
                (log ?? Console.Error).WriteLine(line);
            }
            catch (Exception)
            {
                // The answer to the host says it too.
            }
        }
#pragma warning restore CA1031
    }
}
