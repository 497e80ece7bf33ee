namespace Orkestra.Hosting.TestState;

/// <summary>A test that is refused before the state runs.</summary>
/// <param name="code">The service's name of the exception, such as <c>ValidationException</c> or <c>InvalidDefinition</c>.</param>
/// <param name="message">The service's sentence.</param>
public sealed class StateTestException(string code, string message) : Exception(message)
{
    internal const string Validation = "ValidationException";
    internal const string InvalidDefinition = "InvalidDefinition";

    /// <summary>The service's name of the exception.</summary>
    public string Code => code;
}
