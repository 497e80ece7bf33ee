namespace Orkestra.Lambda.Runtime;

/// <summary>The host of the function refused a call of the Runtime API, or did not speak it.</summary>
internal sealed class RuntimeApiException : Exception
{
    /// <summary>Makes an exception without a status.</summary>
    public RuntimeApiException()
    {
    }

    /// <summary>Makes an exception with a sentence.</summary>
    public RuntimeApiException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a sentence and what caused it.</summary>
    public RuntimeApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception for an HTTP status the host answered with.</summary>
    public RuntimeApiException(string message, int status)
        : base(message) => Status = status;

    /// <summary>The request's id, where the host handed out an invocation that cannot be read; null otherwise.</summary>
    public string? RequestId { get; init; }

    /// <summary>Whether the host refused one call and can take others: a status from 400 to 499.</summary>
    public bool IsRefusal => Status is >= 400 and < 500;

    /// <summary>The HTTP status, or 0 when there was no answer.</summary>
    public int Status { get; }
}
