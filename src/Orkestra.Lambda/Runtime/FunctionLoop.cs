using System.Buffers;

namespace Orkestra.Lambda.Runtime;

/// <summary>Asks for invocations, one after the other, and answers each with the function's output or its error.</summary>
/// <param name="api">The host.</param>
/// <param name="function">What answers.</param>
/// <param name="time">The clock, for deadlines.</param>
/// <param name="spare">Opens a second connection, for answering while the step still has the first one's thread.</param>
/// <param name="report">Told of every exception of the function, before the host is.</param>
internal sealed class FunctionLoop(IRuntimeApi api, IFunction function, TimeProvider time, Func<IRuntimeApi> spare, Action<Exception> report)
{
    const int KeptBytes = 1024 * 1024;

    ArrayBufferWriter<byte> _output = new(1024);
    bool _isColdStart = LambdaEnvironment.Current.StartsOnDemand;

    /// <summary>Runs until it is told to stop; a step that runs then may end first.</summary>
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

            await AnswerAsync(invocation);
            _isColdStart = false;
        }
    }

    async ValueTask AnswerAsync(Invocation invocation)
    {
        // Where AWS's own SDKs look for the trace of the invocation they run in.
        if (invocation.TraceHeader is not null)
            Environment.SetEnvironmentVariable("_X_AMZN_TRACE_ID", invocation.TraceHeader);
        if (_output.Capacity > KeptBytes)
            _output = new(1024);
        _output.ResetWrittenCount();
        using var deadline = new Deadline(invocation.Deadline, time, late => AnswerFor(invocation, late));
        var error = await InvokeAsync(invocation, deadline);
        if (!deadline.TryAnswer())
            return;
        if (error is null)
            error = await RespondAsync(invocation.RequestId);
        if (error is not null)
            await api.FailAsync(invocation.RequestId, error, CancellationToken.None);
    }

    async ValueTask<InvocationError?> InvokeAsync(Invocation invocation, Deadline deadline)
    {
        try
        {
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
            return InvocationError.From(exception, function.Exceptions);
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
    }

    void AnswerFor(Invocation invocation, Deadline deadline)
    {
        try
        {
            var other = spare();
            using (other as IDisposable)
                other.FailAsync(invocation.RequestId, deadline.Error(function.Name), CancellationToken.None).AsTask().GetAwaiter().GetResult();
        }
        catch (RuntimeApiException exception)
        {
            // Nobody is above a timer; the host will say at its deadline what could not be said here.
            report(exception);
        }
    }
}
