namespace Orkestra.Hosting.Service;

/// <summary>The service refuses a request.</summary>
/// <param name="code">The error's code, such as <c>ExecutionDoesNotExist</c>.</param>
/// <param name="message">The service's words.</param>
public sealed class ServiceException(string code, string message) : Exception(message)
{
    /// <summary>The error's code, such as <c>ExecutionDoesNotExist</c>.</summary>
    public string Code => code;
}
