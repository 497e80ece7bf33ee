using System.Buffers;

namespace Orkestra.Lambda.Runtime;

/// <summary>Asks for invocations, one after the other, and answers each with the function's output or its error.</summary>
/// <param name="api">The host.</param>
/// <param name="function">What answers.</param>
/// <param name="time">The clock, for deadlines.</param>
/// <param name="spare">Opens a second connection, for answering while the step still has the first one's thread.</param>
/// <param name="report">Logs every exception before it is reported to the host. Does not throw.</param>
internal sealed class FunctionLoop(IRuntimeApi api, IFunction function, TimeProvider time, Func<IRuntimeApi> spare, Action<Exception> report)
{
    const int KeptBytes = 1024 * 1024;

    readonly Lock _lock = new();
    ArrayBufferWriter<byte> _output = new(1024);
    bool _isColdStart = LambdaEnvironment.Current.StartsOnDemand;
    (Invocation Invocation, Deadline Deadline)? _running;
    volatile bool _isAnswering;

    (Invocation Invocation, Deadline Deadline)? Current
    {
        get
        {
            lock (_lock)
                return _running;
        }
    }

    /// <summary>Runs until the token is cancelled; a step that runs then may end first.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Invocation invocation;
            try
            {
                invocation = await api.NextAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (RuntimeApiException exception) when (exception.RequestId is not null)
            {
                // The host handed out an invocation and then something that is not HTTP: the next one cannot be read either.
                await FailUnreadAsync(exception);
                throw;
            }

            await AnswerAsync(invocation);
            _isColdStart = false;
        }
    }

    /// <summary>Whether a step has ended and its answer is on its way to the host.</summary>
    public bool IsAnswering => _isAnswering;

    /// <summary>Asks the step that runs to end, if one does.</summary>
    public void CancelStep()
    {
        Current?.Deadline.Stop();
    }

    /// <summary>Answers for the step that runs, if one does and was not answered for.</summary>
    public void AnswerForStep()
    {
        Current?.Deadline.AnswerFor(isStopping: true);
    }

    /// <summary>Answers for the step that runs with an exception that ends the process.</summary>
    public void AnswerCrash(Exception exception)
    {
        if (Current is { } running && running.Deadline.TryAnswer())
            FailOverSpare(running.Invocation, InvocationError.From(exception));
    }

    async ValueTask AnswerAsync(Invocation invocation)
    {
        using var deadline = new Deadline(invocation.Deadline, time, late => FailOverSpare(invocation, late.Error(function.Name)), report);
        Set((invocation, deadline));
        try
        {
            var error = await InvokeAsync(invocation, deadline);
            if (!deadline.TryAnswer())
                return;
            _isAnswering = true;
            error ??= await RespondAsync(invocation.RequestId);
            if (error is not null)
                await FailAsync(invocation.RequestId, error);
        }
        finally
        {
            _isAnswering = false;
            Set(null);
        }
    }

    void Set((Invocation, Deadline)? running)
    {
        lock (_lock)
            _running = running;
    }

    async ValueTask<InvocationError?> InvokeAsync(Invocation invocation, Deadline deadline)
    {
        try
        {
            // Where AWS's own SDKs look for the trace of the invocation they run in.
            if (invocation.TraceHeader is not null)
                Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceHeader);
            if (_output.Capacity > KeptBytes)
                _output = new(1024);
            _output.ResetWrittenCount();
            await function.InvokeAsync(new(invocation, time, _isColdStart, deadline.Token), _output);
            return null;
        }
        catch (OperationCanceledException exception) when (deadline.Token.IsCancellationRequested)
        {
            report(exception);
            return deadline.Error(function.Name);
        }
#pragma warning disable CA1031 // Whatever a step throws is an answer to its caller.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            report(exception);
            return InvocationError.From(function.ErrorOf(exception));
        }
    }

    async ValueTask<InvocationError?> RespondAsync(string requestId)
    {
        try
        {
            await api.RespondAsync(requestId, _output.WrittenMemory, CancellationToken.None);
            return null;
        }
        catch (RuntimeApiException exception) when (exception.Status == 413)
        {
            return new("ResponseTooLarge", $"Step {function.Name} returned {_output.WrittenCount:N0} bytes, more than a Lambda function may answer with; store the data and return where it is.");
        }
        catch (RuntimeApiException exception) when (exception.IsRefusal)
        {
            report(exception);
            return new("Runtime.InvalidResponse", $"The host refused the output of step {function.Name} with status {exception.Status}.");
        }
    }

    async ValueTask FailAsync(string requestId, InvocationError error)
    {
        try
        {
            await api.FailAsync(requestId, error, CancellationToken.None);
        }
        catch (RuntimeApiException exception) when (exception.IsRefusal)
        {
            // Mostly an answer that came too late. The host takes further calls.
            report(exception);
        }
    }

    async ValueTask FailUnreadAsync(RuntimeApiException problem)
    {
        try
        {
            await api.FailAsync(problem.RequestId!, new("Runtime.InvalidInvocation", problem.Message), CancellationToken.None);
        }
        catch (RuntimeApiException exception)
        {
            report(exception);
        }
    }

    void FailOverSpare(Invocation invocation, InvocationError error)
    {
        try
        {
            var other = spare();
            using (other as IDisposable)
                other.FailAsync(invocation.RequestId, error, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // There is no caller above a timer; the host reports at its deadline what could not be said here.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            report(exception);
        }
    }
}
