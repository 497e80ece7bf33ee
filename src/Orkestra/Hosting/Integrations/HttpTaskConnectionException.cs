namespace Orkestra.Hosting.Integrations;

/// <summary>A connection cannot be used. The task fails with <c>Events.ConnectionResource.CODE</c>.</summary>
/// <param name="code">What is wrong, such as <c>InvalidConnectionState</c>, <c>AccessDenied</c>, <c>ConcurrentModification</c> or <c>AuthInProgress</c>.</param>
/// <param name="message">The cause.</param>
public sealed class HttpTaskConnectionException(string code, string message) : Exception(message)
{
    /// <summary>What is wrong, such as <c>InvalidConnectionState</c>.</summary>
    public string Code => code;
}
