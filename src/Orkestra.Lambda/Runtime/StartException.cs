namespace Orkestra.Lambda.Runtime;

/// <summary>The function cannot start; the message is for the person who deployed it.</summary>
internal sealed class StartException(string type, string message) : Exception(message)
{
    /// <summary>The error's name as the host reports it, such as <c>Runtime.HandlerNotFound</c>.</summary>
    public string Type { get; } = type;
}
