namespace Orkestra.Lambda.Runtime;

/// <summary>
/// The four calls a Lambda function makes to its host (the Lambda Runtime API, version 2018-06-01).
/// Everything else in this package knows only this interface, so another client can stand in for <see cref="SocketRuntimeApi"/>.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html</remarks>
internal interface IRuntimeApi
{
    /// <summary>Waits for the next invocation, however long that takes: the host freezes the process in between.</summary>
    /// <returns>The invocation; its payload stays readable until the next call of this method.</returns>
    /// <exception cref="RuntimeApiException">The host refused, or spoke something that is not the Runtime API.</exception>
    ValueTask<Invocation> NextAsync(CancellationToken cancellationToken);

    /// <summary>Answers an invocation with the step's output as JSON.</summary>
    /// <exception cref="RuntimeApiException">The host refused; 413 means that the payload is larger than it takes.</exception>
    ValueTask RespondAsync(string requestId, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);

    /// <summary>Answers an invocation with an error; Step Functions sees its type as the error name and all of it as the cause.</summary>
    ValueTask FailAsync(string requestId, InvocationError error, CancellationToken cancellationToken);

    /// <summary>Says that the function could not start; the process ends after it.</summary>
    ValueTask FailInitAsync(InvocationError error, CancellationToken cancellationToken);
}
