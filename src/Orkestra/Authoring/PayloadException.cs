namespace Orkestra.Authoring;

/// <summary>A payload does not fit a type, or a value has no JSON form. Inside a run it is the error named <c>PayloadException</c>.</summary>
/// <param name="message">What does not fit what, and why.</param>
/// <param name="inner">The serializer's own exception.</param>
public sealed class PayloadException(string message, Exception? inner = null) : Exception(message, inner)
{
    internal static PayloadException OfInput(string step, PayloadException exception) => new($"Step '{step}' cannot read its input. {exception.Message}", exception);
}
